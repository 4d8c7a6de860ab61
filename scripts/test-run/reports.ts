import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What the reports of all packages say together. */
export type TestCounts = {
  passed: number;
  /** Names of the tests that failed, and of what failed outside of a test. */
  failed: string[];
  /** Names of the tests that were not run. */
  skipped: string[];
};

/** A package whose tests ran. */
export type TestedPackage = {
  name: string;
  /** Absolute path of its folder. */
  folder: string;
};

/** The parts of vitest's JSON report that are counted. */
type VitestReport = {
  success: boolean;
  testResults: {
    /** Absolute path of the test file. */
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
};

const REPORT = '.reports/vitest.json';

/** Removes the reports of earlier runs, so that none of them can be taken for one of this run. */
export function removeReports(packages: readonly TestedPackage[]): void {
  for (const { folder } of packages) rmSync(join(folder, '.reports'), { recursive: true, force: true });
}

/**
 * Counts the tests of all packages from the reports that their runners wrote.
 *
 * A package without a report, a file that could not be loaded and an error outside of any test count as one failure each.
 */
export function countTests(packages: readonly TestedPackage[]): TestCounts {
  const counts: TestCounts = { passed: 0, failed: [], skipped: [] };
  for (const tested of packages) countPackage(tested, counts);
  return counts;
}

function countPackage({ name, folder }: TestedPackage, counts: TestCounts): void {
  const file = join(folder, REPORT);
  if (!existsSync(file)) {
    counts.failed.push(`${name}: its tests left no report`);
    return;
  }
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  const failedBefore = counts.failed.length;
  for (const testFile of report.testResults) {
    const place = `${name} ${relative(folder, testFile.name)}`;
    const failedInFile = testFile.assertionResults.filter(({ status }) => status === 'failed');
    for (const { fullName } of failedInFile) counts.failed.push(`${place} > ${fullName}`);
    for (const { status, fullName } of testFile.assertionResults) {
      if (status === 'passed') counts.passed += 1;
      else if (status !== 'failed') counts.skipped.push(`${place} > ${fullName}`);
    }
    if (testFile.status === 'failed' && failedInFile.length === 0) {
      counts.failed.push(`${place}: ${testFile.message.split('\n')[0]}`);
    }
  }
  if (!report.success && counts.failed.length === failedBefore) {
    counts.failed.push(`${name}: an error outside of its tests`);
  }
}

/** The line that a test run ends with. */
export function countedLine({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed.length} failed, ${skipped.length} skipped`;
}
