export { type ServerProcess, type ServerProcessOptions, startServerProcess } from './server-process.ts';
