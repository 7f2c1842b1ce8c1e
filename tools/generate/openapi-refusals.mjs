// What each route may refuse: found by following its calls through the sources, so that no list of it can be stale.
import { relative } from 'node:path';
import { ROOT } from './root.mjs';
import { ancestors, classes, isAbstract, literal, sources, ts } from './sources.mjs';

const ROUTE = /^(Get|Post|Put|Patch|Delete)$/;
const CONTROLLERS = /^apps\/(?!sandbox)[^/]+\/src\/.*\.controller\.ts$/;
/** What stands before a route rather than in it, by what its parameters are marked with. */
const BY_PARAMETER = { IdempotencyKey: 'idempotency_key_malformed' };

/** The codes of the refusals that each route may answer, by `Controller_method`. */
export function refusalsOfRoutes() {
  const reached = new Map();
  for (const controller of classes(CONTROLLERS)) {
    for (const method of controller.members.filter(isRoute)) {
      const marked = method.parameters.flatMap(decorators).map((name) => BY_PARAMETER[name]);
      const codes = [...refusalsIn(method)].map((refusal) => literal(refusal, 'code'));
      const name = `${controller.name.text.replace(/Controller$/, '')}_${method.name.text}`;
      reached.set(name, [...new Set([...codes, ...marked.filter(Boolean)])]);
    }
  }
  return reached;
}

const isRoute = (member) => ts.isMethodDeclaration(member) && decorators(member).some((name) => ROUTE.test(name));

const decorators = (node) =>
  (ts.getDecorators(node) ?? []).map(({ expression }) =>
    (ts.isCallExpression(expression) ? expression.expression : expression).getText(),
  );

/** The classes of refusals that a function makes, or one that it calls or hands on. */
function refusalsIn(root) {
  const found = new Set();
  const seen = new Set([root]);
  const open = [root];
  const enter = (node) => node && !seen.has(node) && seen.add(node) && open.push(node);
  const visit = (node) => {
    if (ts.isTypeNode(node)) return;
    if (ts.isNewExpression(node))
      made(node).forEach((of) => (isRefusal(of) ? found.add(of) : enter(constructorOf(of))));
    if (ts.isIdentifier(node)) meanings(node).forEach(enter);
    ts.forEachChild(node, visit);
  };
  while (open.length > 0) {
    const node = open.pop();
    node.parameters?.forEach(({ initializer }) => initializer && visit(initializer));
    visit(node.body ?? node);
  }
  return found;
}

const made = (node) => declarationsOf(node.expression).filter(ts.isClassDeclaration);

const isRefusal = (declaration) =>
  !isAbstract(declaration) && ancestors(declaration).some(({ name }) => name?.text === 'Refusal');

const constructorOf = ({ members }) => members.find((member) => ts.isConstructorDeclaration(member) && member.body);

/** The functions that a name may mean; those of an abstract one are whatever implements it. */
const meanings = (identifier) => declarationsOf(identifier).flatMap(bodiesOf);

function bodiesOf(declaration) {
  if (ts.isFunctionDeclaration(declaration) || ts.isGetAccessorDeclaration(declaration)) return [declaration];
  if (ts.isMethodDeclaration(declaration)) return declaration.body ? [declaration] : implementations(declaration);
  const value = [ts.isVariableDeclaration, ts.isPropertyDeclaration, ts.isPropertyAssignment].some((is) =>
    is(declaration),
  );
  const { initializer } = declaration;
  return value && initializer && (ts.isArrowFunction(initializer) || ts.isObjectLiteralExpression(initializer))
    ? [initializer]
    : [];
}

const implementations = ({ parent, name }) =>
  classes()
    .filter((it) => ancestors(it).includes(parent))
    .flatMap(({ members }) => members.filter((member) => member.name?.getText() === name.getText() && member.body));

/** Where a name is declared, as far as that is in our own sources. */
function declarationsOf(node) {
  const { checker } = sources();
  const named = checker.getSymbolAtLocation(node);
  const symbol = named && named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
  return (symbol?.declarations ?? []).filter((it) =>
    /^(apps|libs)\//.test(relative(ROOT, it.getSourceFile().fileName)),
  );
}
