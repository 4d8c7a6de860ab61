import type { ZodError } from 'zod';
import type { AppErrorIssue } from '../../errors.ts';

/** Maximum number of issues in one response: a body may hold thousands of unknown keys. */
const MAX_ISSUES = 50;

/**
 * The issues of a failed validation: one per invalid field and one per unknown key, in the order of the schema. The messages
 * are those of the schema; they never repeat a received value.
 */
export function describeIssues(error: ZodError): AppErrorIssue[] {
  const issues = new Map<string, AppErrorIssue>();
  for (const issue of error.issues) {
    const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
    for (const each of paths) {
      if (issues.size === MAX_ISSUES) return [...issues.values()];
      // A value may break two rules of its schema (not an integer, too large): the message states both, so it appears once.
      issues.set(JSON.stringify([each, issue.message]), { path: each, message: issue.message });
    }
  }
  return [...issues.values()];
}

/** The issues as one sentence for people. */
export function issuesSentence(issues: readonly AppErrorIssue[]): string {
  const parts = issues.map(
    ({ path, message }) => `${path.length > 0 ? path.join('.') : 'the input'} ${message}`,
  );
  return `Invalid request: ${parts.join('; ')}.`;
}
