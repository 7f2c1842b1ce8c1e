// Reads names and sentences from the TypeScript sources, by the compiler's API.
import { join, relative } from 'node:path';
import ts from 'typescript'; // version 6: TypeScript 7 has no API
import { ROOT } from './root.mjs';

export { ts };

let program;

/** The program of all apps and libs, without their tests. */
export function sources() {
  program ??= build();
  return program;
}

function build() {
  const read = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { fileNames, options } = ts.parseJsonConfigFileContent(read.config, ts.sys, ROOT);
  const files = fileNames.filter((file) => !/\.spec\.ts$|\/test\//.test(relative(ROOT, file)));
  const built = ts.createProgram(files, options);
  return { checker: built.getTypeChecker(), files: files.map((file) => built.getSourceFile(file)) };
}

/** Every class of the sources whose path matches. */
export function classes(path = /./) {
  const found = [];
  for (const file of sources().files.filter(({ fileName }) => path.test(relative(ROOT, fileName)))) {
    const visit = (node) => {
      if (ts.isClassDeclaration(node) && node.name) found.push(node);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

/** The type of a class's instances. */
export const instanceOf = (declaration) => sources().checker.getTypeAtLocation(declaration.name);

/** The classes that one extends, nearest first. */
export function ancestors(declaration) {
  const { checker } = sources();
  const parent = declaration.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  const named = parent && checker.getSymbolAtLocation(parent.expression);
  const symbol = named && named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
  const above = symbol?.declarations?.find(ts.isClassDeclaration);
  return above ? [above, ...ancestors(above)] : [];
}

export const isAbstract = (declaration) =>
  declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) ?? false;

/** The sentence above a class or a field, on one line; nothing where there is none. */
export function sentence(symbol) {
  const text = ts.displayPartsToString(symbol?.getDocumentationComment(sources().checker));
  return text.replace(/\s+/g, ' ').trim();
}

/** The sentence above a class. */
export const sentenceOf = (declaration) => sentence(instanceOf(declaration).symbol);

/** The sentences above the fields of a class and of those that it extends, by name. */
export const fieldSentences = (declaration) =>
  Object.fromEntries(
    sources()
      .checker.getPropertiesOfType(instanceOf(declaration))
      .map((symbol) => [symbol.name, sentence(symbol)]),
  );

/** What a field holds where its type is one word, as of `readonly code = 'slot_held'`. */
export function literal(declaration, field) {
  const { checker } = sources();
  const property = instanceOf(declaration).getProperty(field);
  const type = property && checker.getTypeOfSymbolAtLocation(property, declaration);
  return type?.isStringLiteral() ? type.value : undefined;
}
