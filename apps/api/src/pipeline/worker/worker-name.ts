import { hostname } from 'node:os';

/** What this process is called where it renders: host and process id, such as `render-1:4711`. */
export const WORKER_NAME = `${hostname()}:${process.pid}`;
