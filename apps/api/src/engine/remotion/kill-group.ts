/** Kills a group of processes, given by the id of its leader. Does nothing on Windows, which has no groups. */
export function killGroup(pid: number): void {
  if (process.platform === 'win32') return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Nothing is left of it. macOS says EPERM when only zombies are.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
