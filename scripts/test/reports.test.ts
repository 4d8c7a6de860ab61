import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countedLine, countTests, removeReports } from '../test-run/reports.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'defrag-reports-'));
});

afterEach(() => rmSync(root, { recursive: true }));

function packageWith(name: string, report: unknown): { name: string; folder: string } {
  const folder = join(root, name);
  mkdirSync(join(folder, '.reports'), { recursive: true });
  if (report !== undefined) writeFileSync(join(folder, '.reports/vitest.json'), JSON.stringify(report));
  return { name, folder };
}

function testFile(name: string, tests: Record<string, string>, status = 'passed', message = '') {
  return {
    name: join(root, 'core', name),
    status,
    message,
    assertionResults: Object.entries(tests).map(([fullName, state]) => ({ fullName, status: state })),
  };
}

describe('countTests', () => {
  it('sums the reports of all packages and names what failed or was skipped', () => {
    const core = packageWith('core', {
      success: false,
      testResults: [testFile('test/a.test.ts', { one: 'passed', two: 'failed', three: 'skipped' }, 'failed')],
    });
    const db = packageWith('db', {
      success: true,
      testResults: [testFile('test/b.test.ts', { four: 'passed', five: 'todo' })],
    });
    const counts = countTests([core, db]);
    expect(counts.passed).toBe(2);
    expect(counts.failed).toEqual(['core test/a.test.ts > two']);
    expect(counts.skipped).toHaveLength(2);
    expect(counts.skipped[0]).toBe('core test/a.test.ts > three');
    expect(countedLine(counts)).toBe('2 passed, 1 failed, 2 skipped');
  });

  it('counts a package without a report as a failure', () => {
    expect(countTests([packageWith('core', undefined)]).failed).toEqual(['core: its tests left no report']);
  });

  it('counts a file that could not be loaded as a failure', () => {
    const report = {
      success: false,
      testResults: [testFile('test/a.test.ts', {}, 'failed', 'no such file\nat')],
    };
    expect(countTests([packageWith('core', report)]).failed).toEqual(['core test/a.test.ts: no such file']);
  });

  it('counts an error outside of all tests as a failure', () => {
    const report = { success: false, testResults: [testFile('test/a.test.ts', { one: 'passed' })] };
    expect(countTests([packageWith('core', report)])).toMatchObject({
      passed: 1,
      failed: ['core: an error outside of its tests'],
    });
  });

  it('never counts the report of an earlier run', () => {
    const core = packageWith('core', {
      success: true,
      testResults: [testFile('test/a.test.ts', { one: 'passed' })],
    });
    removeReports([core]);
    expect(countTests([core])).toMatchObject({ passed: 0, failed: ['core: its tests left no report'] });
  });
});
