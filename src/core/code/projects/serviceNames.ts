import { message } from '../../base/message.ts';
import type { Expression } from '../language/expression.ts';
import type { Project } from './project.ts';
import type { WorkspacePath } from '../location.ts';
import type { ScopedExpression } from '../language/program/symbols.ts';
import type { ConstantEvaluator } from '../language/values/constantEvaluator.ts';
import { folderOf, joinPath } from '../language/program/paths.ts';

type ServiceName = Project['serviceNames'][number];

/** Names of OpenTelemetry's service.name key in code, besides the text itself. */
const keyNames = /(^|\.)(ATTR_SERVICE_NAME|SEMRESATTRS_SERVICE_NAME|SERVICE_NAME)$/;

/** Service names that each project says it has, by project root: code first, then env, compose and scripts. */
export function serviceNamesIn(
  constants: ConstantEvaluator,
  rootOf: (path: WorkspacePath) => string,
): ReadonlyMap<string, readonly ServiceName[]> {
  const found = new Map<string, ServiceName[]>();
  const add = (root: string, name: string, evidence: string) => {
    const names = found.get(root) ?? [];
    found.set(root, names);
    if (name !== '' && !name.includes('$') && !names.some((known) => known.name === name)) {
      names.push({ name, evidence });
    }
  };
  for (const [path, facts] of constants.program.filesWith('setup')) {
    for (const { args, line } of facts.setup) {
      for (const argument of args) {
        for (const name of namesIn(constants, { expression: argument, path })) {
          add(rootOf(path), name, message('SDK configuration in {0}:{1}', shortPath(path), line));
        }
      }
    }
  }
  const order = ['environment', 'compose', 'package'];
  const configs = [...constants.program.configs].sort(
    ([, a], [, b]) => order.indexOf(a.kind) - order.indexOf(b.kind),
  );
  for (const [path, facts] of configs) {
    if (facts.kind === 'environment') {
      const name = facts.variables['OTEL_SERVICE_NAME'];
      if (name) add(rootOf(path), name, message('OTEL_SERVICE_NAME in {0}', shortPath(path)));
    } else if (facts.kind === 'package') {
      for (const name of facts.serviceNames) {
        add(rootOf(path), name, message('OTEL_SERVICE_NAME in a script of {0}', shortPath(path)));
      }
    } else if (facts.kind === 'compose') {
      for (const { name, context, serviceName } of facts.services) {
        const folder = joinPath(folderOf(path), context ?? '.');
        const evidence = message('OTEL_SERVICE_NAME of {0} in {1}', name, shortPath(path));
        add(rootOf(`${folder}/package.json`), serviceName, evidence);
      }
    }
  }
  return found;
}

/** Values of `serviceName` and `service.name` in an SDK's or resource's options. */
function namesIn(constants: ConstantEvaluator, bound: ScopedExpression): string[] {
  const { expression, path, bindings } = bound;
  if (typeof expression !== 'object' || expression.kind !== 'object') return [];
  return expression.entries.flatMap(([key, value]: readonly [string, Expression]) => {
    if (key !== 'serviceName' && key !== 'service.name' && !keyNames.test(key)) return [];
    const name = constants.value({ expression: value, path, bindings });
    return typeof name === 'string' ? [name] : [];
  });
}

function shortPath(path: WorkspacePath): string {
  return path.split('/').slice(-2).join('/');
}
