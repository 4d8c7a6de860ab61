/** Passes the server's warnings on to whoever listens at the moment. */
export interface Warnings {
  /** To be called by a driver with everything that the server remarks; only warnings are passed on. */
  hear(notice: { severity?: string | undefined; message?: string | undefined }): void;
  /** Runs the callback, and gives its result with the warnings that came meanwhile. */
  collect<Result>(callback: () => Promise<Result>): Promise<{ result: Result; warnings: string[] }>;
}

/** Makes the one of a database. Of statements that run at the same time, it cannot tell which one was warned of. */
export function createWarnings(): Warnings {
  const listeners = new Set<string[]>();
  return {
    hear({ severity, message }) {
      if (severity !== 'WARNING' || message === undefined) return;
      for (const warnings of listeners) warnings.push(message);
    },
    async collect(callback) {
      const warnings: string[] = [];
      listeners.add(warnings);
      try {
        return { result: await callback(), warnings };
      } finally {
        listeners.delete(warnings);
      }
    },
  };
}
