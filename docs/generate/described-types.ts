import ts from 'typescript';

/** A field as its declaration says it. */
export interface DescribedField {
  readonly name: string;
  readonly optional: boolean;
  /** As written in the source, such as `readonly Signature[]`. */
  readonly type: string;
  /** The texts that are possible, where it is one of some texts. */
  readonly texts: readonly string[];
  /** Its doc comment on one line; empty where there is none. */
  readonly comment: string;
}

/** An interface with its fields, or an alias of some texts. */
export interface DescribedType {
  readonly name: string;
  readonly comment: string;
  readonly fields: readonly DescribedField[];
  readonly texts: readonly string[];
}

/** Reads types, which exist in TypeScript only, out of their source. */
export class TypesOf {
  readonly #checker: ts.TypeChecker;
  readonly #files: readonly ts.SourceFile[];

  constructor(...paths: readonly string[]) {
    const program = ts.createProgram([...paths], { noLib: true, types: [], strict: true });
    this.#checker = program.getTypeChecker();
    this.#files = paths.map((path) => found(program.getSourceFile(path), path));
  }

  /** Every exported interface and alias, in the order of the files. */
  exported(): DescribedType[] {
    return this.#files.flatMap((file) => file.statements.filter(isExportedType).map((node) => this.#described(node)));
  }

  /** The fields of each member of an exported interface, by the member's name; inherited and joined ones too. */
  membersOf(name: string): ReadonlyMap<string, readonly DescribedField[]> {
    const node = this.#files.flatMap((file) => [...file.statements]).find((each) => isNamed(each, name));
    const members = this.#checker.getPropertiesOfType(this.#checker.getTypeAtLocation(found(node, name)));
    return new Map(members.map((member) => [member.name, this.#fieldsOf(this.#checker.getTypeOfSymbol(member))]));
  }

  #described(node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration): DescribedType {
    const type = this.#checker.getTypeAtLocation(node);
    return {
      name: node.name.text,
      comment: this.#commentOf(this.#checker.getSymbolAtLocation(node.name)),
      fields: ts.isInterfaceDeclaration(node) ? this.#fieldsOf(type) : [],
      texts: textsOf(type),
    };
  }

  #fieldsOf(type: ts.Type): DescribedField[] {
    return this.#checker.getPropertiesOfType(type).map((field) => ({
      name: field.name,
      optional: (field.flags & ts.SymbolFlags.Optional) !== 0,
      type: this.#typeOf(field),
      texts: textsOf(this.#checker.getTypeOfSymbol(field)),
      comment: this.#commentOf(field),
    }));
  }

  #typeOf(field: ts.Symbol): string {
    const declaration = field.valueDeclaration;
    if (!declaration || !ts.isPropertySignature(declaration)) return '';
    return onOneLine(declaration.type?.getText() ?? '');
  }

  #commentOf(symbol: ts.Symbol | undefined): string {
    return onOneLine(ts.displayPartsToString(symbol?.getDocumentationComment(this.#checker)));
  }
}

type TypeNode = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

const isTypeNode = (node: ts.Statement): node is TypeNode =>
  ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);

const isNamed = (node: ts.Statement, name: string): boolean => isTypeNode(node) && node.name.text === name;

function isExportedType(node: ts.Statement): node is TypeNode {
  return isTypeNode(node) && (node.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

/** `'a' | 'b'` is `a` and `b`; whether the field may be missing is said elsewhere. */
function textsOf(type: ts.Type): string[] {
  const members = (type.isUnion() ? type.types : [type]).filter(({ flags }) => (flags & ts.TypeFlags.Undefined) === 0);
  return members.every((member) => member.isStringLiteral()) ? members.map(({ value }) => value) : [];
}

const onOneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

function found<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new Error(`there is no ${what} to describe`);
}
