export { LocalPostgresError } from './errors.ts';
export { type LocalPostgres, startLocalPostgres } from './start-local-postgres.ts';
export {
  startTemporaryPostgres,
  type TemporaryPostgres,
  type TemporaryPostgresOptions,
} from './start-temporary-postgres.ts';
