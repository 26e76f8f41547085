import ts from 'typescript';

type TypeNode = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/** Source files as the compiler sees them: types exist in TypeScript only. */
export class TypesProgram {
  readonly checker: ts.TypeChecker;
  readonly #files: readonly ts.SourceFile[];

  constructor(...paths: readonly string[]) {
    const program = ts.createProgram([...paths], { noLib: true, types: [], strict: true });
    this.checker = program.getTypeChecker();
    this.#files = paths.map((path) => found(program.getSourceFile(path), path));
  }

  /** Every exported interface and alias, in the order of the files. */
  exported(): TypeNode[] {
    return this.#files.flatMap((file) => file.statements.filter(isExportedType));
  }

  /** The fields of an exported interface, inherited ones too. @throws Error where there is no such interface. */
  fieldsOf(name: string): ts.Symbol[] {
    const node = this.exported().find((each) => each.name.text === name);
    return this.checker.getPropertiesOfType(this.checker.getTypeAtLocation(found(node, name)));
  }

  /** A doc comment on one line, without its tags; empty where there is none. */
  commentOf(symbol: ts.Symbol | undefined): string {
    return onOneLine(ts.displayPartsToString(symbol?.getDocumentationComment(this.checker)));
  }
}

export const onOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

export function found<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new Error(`there is no ${what} to describe`);
}

function isExportedType(node: ts.Statement): node is TypeNode {
  const isType = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
  return isType && (node.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}
