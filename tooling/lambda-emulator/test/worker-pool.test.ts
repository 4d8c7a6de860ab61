import { expect, it } from 'vitest';
import { createWorkerPool, type PooledWorker } from '../src/runtime/worker-pool.ts';

function newWorker() {
  const worker = {
    isAlive: true,
    async kill() {
      worker.isAlive = false;
    },
  };
  return worker;
}

/** A pool, and how many workers it has started. */
function poolOf(limit: number) {
  const started: PooledWorker[] = [];
  const start = async () => {
    const worker = newWorker();
    started.push(worker);
    return worker;
  };
  return { pool: createWorkerPool({ limit, start }), started };
}

it('serves calls beyond its limit in order, with returned workers', async () => {
  const { pool, started } = poolOf(2);
  const [first, second] = [await pool.take(), await pool.take()];
  const order: string[] = [];
  const third = pool.take().then((worker) => order.push('third') && worker);
  const fourth = pool.take().then((worker) => order.push('fourth') && worker);
  pool.giveBack(first);
  expect(await third).toBe(first);
  pool.giveBack(second);
  expect(await fourth).toBe(second);
  expect(order).toEqual(['third', 'fourth']);
  expect(started).toHaveLength(2);
});

it('replaces a dead worker', async () => {
  const { pool, started } = poolOf(1);
  const first = await pool.take();
  await first.kill();
  pool.giveBack(first);
  expect(await pool.take()).not.toBe(first);
  expect(started).toHaveLength(2);
});

it('frees the place of a worker that could not be started', async () => {
  let broken = true;
  const pool = createWorkerPool({
    limit: 1,
    start: async () => {
      if (broken) throw new Error('no browser');
      return newWorker();
    },
  });
  await expect(pool.take()).rejects.toThrow('no browser');
  broken = false;
  await pool.take();
});

it('kills all workers on close and rejects pending and later calls', async () => {
  const { pool } = poolOf(1);
  const worker = await pool.take();
  const waiting = pool.take();
  await Promise.all([expect(waiting).rejects.toThrow('closed'), pool.close()]);
  expect(worker.isAlive).toBe(false);
  await expect(pool.take()).rejects.toThrow('closed');
});
