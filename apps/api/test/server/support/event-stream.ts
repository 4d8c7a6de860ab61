import { ADMIN_HEADERS } from './http.ts';

/** One event of a stream. */
interface StreamEvent {
  readonly event: string;
  readonly id: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: tests read items of any shape
  readonly data: any;
}

/** An open stream of server-sent events, read event by event. */
export interface EventStream {
  readonly response: Response;
  /** The next event other than a ping; undefined when the stream has ended. */
  next(): Promise<StreamEvent | undefined>;
  /** All remaining events. */
  rest(): Promise<StreamEvent[]>;

  close(): void;
}

/** Opens a stream as an EventSource would. */
export async function openStream(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
  const controller = new AbortController();
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream', ...ADMIN_HEADERS, ...headers },
    signal: controller.signal,
  });
  const events = readEvents(response);
  const next = async () => {
    const { value } = await events.next();
    return value ?? undefined;
  };
  return {
    response,
    next,
    async rest() {
      const all: StreamEvent[] = [];
      for (let event = await next(); event !== undefined; event = await next()) all.push(event);
      return all;
    },
    close: () => controller.abort(),
  };
}

async function* readEvents(response: Response): AsyncGenerator<StreamEvent, undefined> {
  let buffer = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    buffer += chunk;
    for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
      const event = parseEvent(buffer.slice(0, end));
      buffer = buffer.slice(end).replace(/^\n+/, '');
      if (event.event !== 'ping') yield event;
    }
  }
  return undefined;
}

function parseEvent(block: string): StreamEvent {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => {
      const colon = line.indexOf(': ');
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
  const { event = 'message', id, data = '' } = fields;
  return { event, id, data: data === '' ? undefined : JSON.parse(data) };
}
