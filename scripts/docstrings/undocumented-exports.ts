import { type ParserPlugin, parse } from '@babel/parser';

/** An exported symbol without a docstring. */
export type UndocumentedExport = {
  name: string;
  /** Line of its declaration, from 1. */
  line: number;
};

// What this needs of the syntax tree. The parser types each kind of node apart; their common ground is enough here.
type Comment = { type: string; value: string; loc: { end: { line: number } } };
type Node = {
  type: string;
  loc: { start: { line: number } };
  leadingComments?: Comment[];
  declaration?: Node | null;
  declarations?: { id: Node }[];
  specifiers?: { local: Node; exported: Node }[];
  source?: unknown;
  id?: Node | null;
  name?: string;
  value?: string;
};

/**
 * The symbols that a module declares and exports without a docstring: a block comment that begins with two asterisks, says
 * something, and ends on the line above. What a module merely passes on (`export ... from`) counts where it is declared.
 *
 * One docstring serves all declarations of a name: the overloads of a function, or a schema and the type of the same name.
 *
 * @param source the module's TypeScript
 * @param fileName decides whether JSX is allowed
 * @throws SyntaxError when the source cannot be parsed
 */
export function undocumentedExports(source: string, fileName: string): UndocumentedExport[] {
  const plugins: ParserPlugin[] = fileName.endsWith('.tsx') ? ['typescript', 'jsx'] : ['typescript'];
  const statements = parse(source, { sourceType: 'module', plugins }).program.body as unknown as Node[];

  const documented = new Set<string>();
  const lines = new Map<string, number>();
  const exported = new Set<string>();
  for (const statement of statements) {
    for (const name of declaredNames(statement)) {
      lines.set(name, lines.get(name) ?? statement.loc.start.line);
      if (hasDocstring(statement)) documented.add(name);
    }
    for (const name of exportedLocalNames(statement)) exported.add(name);
  }
  return [...exported]
    .filter((name) => lines.has(name) && !documented.has(name))
    .map((name) => ({ name, line: lines.get(name) ?? 0 }));
}

function hasDocstring(statement: Node): boolean {
  const comment = statement.leadingComments?.at(-1);
  return (
    comment?.type === 'CommentBlock' &&
    comment.value.startsWith('*') &&
    /\w/.test(comment.value) &&
    comment.loc.end.line >= statement.loc.start.line - 1
  );
}

/** Names that a statement declares, whether it exports them or not. An unnamed default export is called `default`. */
function declaredNames(statement: Node): string[] {
  if (statement.type === 'ExportNamedDeclaration') {
    return statement.declaration ? declaredNames(statement.declaration) : [];
  }
  if (statement.type === 'ExportDefaultDeclaration') {
    const declaration = statement.declaration as Node;
    if (declaration.type === 'Identifier') return [];
    return [declaration.id?.name ?? 'default'];
  }
  if (statement.type === 'ImportDeclaration') return [];
  if (statement.declarations) return statement.declarations.map(({ id }) => id.name ?? 'a pattern');
  return statement.id?.name === undefined ? [] : [statement.id.name];
}

/** Names of this module that a statement exports. */
function exportedLocalNames(statement: Node): string[] {
  if (statement.type === 'ExportDefaultDeclaration') {
    const declaration = statement.declaration as Node;
    return declaration.type === 'Identifier' ? [declaration.name ?? ''] : declaredNames(statement);
  }
  if (statement.type !== 'ExportNamedDeclaration' || statement.source) return [];
  return [
    ...declaredNames(statement),
    ...(statement.specifiers ?? []).map(({ local }) => local.name ?? local.value ?? ''),
  ];
}
