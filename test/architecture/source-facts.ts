import ts from 'typescript';

export interface Import {
  specifier: string;
  line: number;
  /** `type` is gone at run time, `dynamic` is loaded later. */
  kind: 'static' | 'type' | 'dynamic';
}

/** An expression that some rule cares about. */
export interface Use {
  what: 'clock reading' | 'environment' | 'save' | 'forwardRef' | 'setting';
  /** As written, shortened. */
  text: string;
  line: number;
}

/** Reads a file's imports and notable expressions from its syntax tree, so that comments and strings never count. */
export function readFacts(path: string, text: string): { imports: Import[]; uses: Use[] } {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
  const imports: Import[] = [];
  const uses: Use[] = [];
  const lineOf = (node: ts.Node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found) imports.push({ ...found, line: lineOf(node) });
    const what = useOf(node, file);
    if (what) uses.push({ what, text: node.getText(file).slice(0, 60), line: lineOf(node) });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { imports, uses };
}

function importOf(node: ts.Node): Omit<Import, 'line'> | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, kind: isTypeOnlyImport(node.importClause) ? 'type' : 'static' };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
    return { specifier: node.moduleSpecifier.text, kind: isTypeOnlyExport(node) ? 'type' : 'static' };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
    return { specifier: node.argument.literal.text, kind: 'type' };
  }
  return dynamicImportOf(node);
}

function dynamicImportOf(node: ts.Node): Omit<Import, 'line'> | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const [argument] = node.arguments;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
  if (!argument || !ts.isStringLiteralLike(argument) || !(isImport || isRequire)) return undefined;
  return { specifier: argument.text, kind: 'dynamic' };
}

function isTypeOnlyImport(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const named = clause.namedBindings;
  return (
    !clause.name &&
    !!named &&
    ts.isNamedImports(named) &&
    named.elements.every(({ isTypeOnly }) => isTypeOnly) &&
    named.elements.length > 0
  );
}

function isTypeOnlyExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  if (isTypeOnly) return true;
  return (
    !!exportClause &&
    ts.isNamedExports(exportClause) &&
    exportClause.elements.length > 0 &&
    exportClause.elements.every((element) => element.isTypeOnly)
  );
}

const isNamed = (node: ts.Node, name: string): boolean => ts.isIdentifier(node) && node.text === name;

const isMember = (node: ts.Node, owner: string, name: string): boolean =>
  ts.isPropertyAccessExpression(node) && node.name.text === name && isNamed(node.expression, owner);

function useOf(node: ts.Node, file: ts.SourceFile): Use['what'] | undefined {
  if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && !node.arguments?.length) return 'clock reading';
  if (isMember(node, 'Date', 'now')) return 'clock reading';
  if (isMember(node, 'process', 'env') || isEnvironmentImport(node)) return 'environment';
  if (ts.isCallExpression(node)) return useOfCall(node);
  if (ts.isPropertyAssignment(node) && isRiskySetting(node.getText(file))) return 'setting';
  return undefined;
}

function useOfCall({ expression }: ts.CallExpression): Use['what'] | undefined {
  if (isNamed(expression, 'Date')) return 'clock reading';
  if (isNamed(expression, 'forwardRef')) return 'forwardRef';
  if (ts.isPropertyAccessExpression(expression) && expression.name.text === 'save') return 'save';
  return undefined;
}

function isEnvironmentImport(node: ts.Node): boolean {
  if (!ts.isImportSpecifier(node) || (node.propertyName ?? node.name).text !== 'env') return false;
  const { moduleSpecifier } = node.parent?.parent?.parent ?? {};
  return !!moduleSpecifier && ts.isStringLiteral(moduleSpecifier) && /^(node:)?process$/.test(moduleSpecifier.text);
}

/** Each was seen to lose data or to stop a service. */
const riskySettings = [
  /^synchronize:\s*true$/,
  /^query_timeout:/,
  /^idempotent:\s*true$/,
  /^fromBeginning:\s*false$/,
  /^allowAutoTopicCreation:\s*true$/,
];

const isRiskySetting = (text: string): boolean => riskySettings.some((pattern) => pattern.test(text));
