import * as ts from './compiler.ts';
import type { CallExpression } from '../expression.ts';
import { narrowBudget } from './budget.ts';
import type { ExtractionContext } from './extractionContext.ts';
import { readSized } from './readSized.ts';
import type { Scope } from './scope.ts';

const injecting = /^(?:Inject(?=[A-Z])(?!TransactionHost)|Client$)/;

/** The decorator that a package has for injecting its own values, as the call it is: `@InjectQueue('orders')`. */
export function readInjected(
  reading: ExtractionContext,
  node: ts.Node,
  scope: Scope,
): CallExpression | undefined {
  if (!ts.canHaveDecorators(node)) return undefined;
  const decorator = ts.getDecorators(node)?.find(({ expression }) => {
    const name = ts.isCallExpression(expression) ? expression.expression : undefined;
    return name && ts.isIdentifier(name) && injecting.test(name.text);
  });
  if (!decorator) return undefined;
  const call = readSized(reading, decorator.expression, scope, narrowBudget).expression;
  return typeof call === 'object' && call.kind === 'call' ? call : undefined;
}
