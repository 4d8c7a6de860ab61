import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type ParserPlugin, parse } from '@babel/parser';

// Babel types each kind of node apart; this is what the nodes below have in common.
type Node = {
  type: string;
  loc: { start: { line: number } };
  leadingComments?: { type: string; value: string; loc: { end: { line: number } } }[];
  declaration?: Node | null;
  declarations?: { id: { name?: string } }[];
  specifiers?: {
    type: string;
    local: { name: string };
    imported?: { name: string };
    exported?: { name: string };
  }[];
  source?: { value: string } | null;
  id?: { name: string } | null;
};

/** Where a name is declared, and whether with a docstring. */
type Declaration = { file: string; line: number; isDocumented: boolean };

/**
 * The symbols that a module exports without a docstring at their declaration, in this module or in the one that it exports
 * them from. A docstring is a block comment that begins with two asterisks and ends on the line above.
 *
 * One docstring is enough for all declarations of a name: overloads, or a schema and the type of the same name. Exports of
 * other packages and of JSON are not followed.
 *
 * @returns lines such as `src/index.ts:3 name`
 */
export function undocumentedExports(file: string): string[] {
  return [...exportsOf(file)].flatMap(([name, found]) =>
    found.isDocumented ? [] : [`${found.file}:${found.line} ${name}`],
  );
}

function exportsOf(file: string): Map<string, Declaration> {
  const plugins: ParserPlugin[] = file.endsWith('.tsx') ? ['typescript', 'jsx'] : ['typescript'];
  const source = readFileSync(file, 'utf8');
  const statements = parse(source, { sourceType: 'module', plugins }).program.body as unknown as Node[];
  const local = new Map<string, Declaration>();
  const exported = new Map<string, Declaration>();

  const resolve = ({ value }: { value: string }) =>
    /^\..*\.tsx?$/.test(value) ? exportsOf(join(dirname(file), value)) : new Map<string, Declaration>();
  const add = (name: string, found: Declaration | undefined) => found && exported.set(name, found);

  for (const statement of statements) {
    for (const name of declaredNames(statement)) {
      const isDocumented = (local.get(name)?.isDocumented ?? false) || hasDocstring(statement);
      local.set(name, { file, line: statement.loc.start.line, isDocumented });
    }
    if (statement.type !== 'ImportDeclaration' || !statement.source) continue;
    const imported = resolve(statement.source);
    for (const { local: as, imported: from } of statement.specifiers ?? []) {
      const found = imported.get(from?.name ?? 'default');
      if (found) local.set(as.name, found);
    }
  }
  for (const statement of statements) {
    const names = statement.source ? resolve(statement.source) : local;
    if (statement.type === 'ExportAllDeclaration') for (const [name, found] of names) add(name, found);
    if (statement.type === 'ExportDefaultDeclaration')
      add('default', names.get(declaredNames(statement)[0] ?? ''));
    if (statement.type !== 'ExportNamedDeclaration') continue;
    for (const name of declaredNames(statement)) add(name, names.get(name));
    for (const { local: from, exported: as } of statement.specifiers ?? [])
      add(as?.name ?? '', names.get(from.name));
  }
  return exported;
}

function hasDocstring(statement: Node): boolean {
  const comment = statement.leadingComments?.at(-1);
  return (
    comment?.type === 'CommentBlock' &&
    /^\*.*\w/s.test(comment.value) &&
    comment.loc.end.line >= statement.loc.start.line - 1
  );
}

/** Names that a statement declares, exported or not. An unnamed default export is `default`. */
function declaredNames(statement: Node): string[] {
  if (statement.type === 'ImportDeclaration') return [];
  if (statement.type === 'ExportDefaultDeclaration') return [statement.declaration?.id?.name ?? 'default'];
  if (statement.declaration) return declaredNames(statement.declaration);
  if (statement.declarations) return statement.declarations.map(({ id }) => id.name ?? 'a pattern');
  return statement.id ? [statement.id.name] : [];
}
