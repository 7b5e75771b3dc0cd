import { ConstantEvaluator } from '../../src/core/code/language/values/constantEvaluator.ts';
import { nestDecorators } from '../../src/core/code/nest/nestDecorators.ts';
import { Program } from '../../src/core/code/language/program/program.ts';
import { Registrations } from '../../src/core/code/nest/application/registrations.ts';
import { classKey } from '../../src/core/code/language/types/classes.ts';
import type { WorkspaceFacts } from '../../src/core/code/linker.ts';
import type { CodeIndex, Handler } from '../../src/core/code/model.ts';
import { countDecorators, countedDecorators, type CountedKind } from './decoratorCounts.ts';
import { frameworks, plainDecorators } from './plainDecorators.ts';
import { missingPrismaCalls } from './prismaTexts.ts';
import type { Suspect } from './suspect.ts';

/**
 * What looks wrong in an index without knowing what is right.
 *
 * @param texts of the files that were read.
 */
export function findSuspects(
  index: CodeIndex,
  facts: WorkspaceFacts,
  texts: ReadonlyMap<string, string>,
): readonly Suspect[] {
  return [
    ...unknownParts(index.handlers),
    ...duplicates(index.handlers),
    ...differingCounts(index.handlers, texts),
    ...ofClasses(index, facts),
    ...missingPrismaCalls(index, facts, texts),
  ];
}

const place = ({ location }: Handler): string => `${location.path}:${location.line}`;
const named = ({ controller, handler }: Handler): string => `${controller}.${handler}`;

function unknownParts(handlers: readonly Handler[]): Suspect[] {
  return handlers.flatMap((handler) => {
    if (handler.kind === 'http') {
      if (handler.pathComplete) return [];
      return [
        {
          why: `only the end of ${handler.method} ${handler.path} is known`,
          where: place(handler),
        },
      ];
    }
    const name = handler.kind === 'graphql' ? handler.name : handler.pattern;
    if (name !== '') return [];
    return [{ why: `${named(handler)}: a ${handler.kind} without a name`, where: place(handler) }];
  });
}

function duplicates(handlers: readonly Handler[]): Suspect[] {
  const first = new Map<string, Handler>();
  return handlers.flatMap((handler) => {
    if (handler.kind !== 'http') return [];
    const route = `${handler.method} ${handler.path}`;
    const key = `${handler.project} ${route}`;
    const other = first.get(key);
    if (!other) first.set(key, handler);
    if (!other || other.methodId === handler.methodId) return [];
    return [{ why: `${route} is also that of ${named(other)}`, where: place(handler) }];
  });
}

function differingCounts(
  handlers: readonly Handler[],
  texts: ReadonlyMap<string, string>,
): Suspect[] {
  const found = new Map<string, Set<string>>();
  for (const { kind, location, methodId } of handlers) {
    const counted: CountedKind = kind === 'http' || kind === 'graphql' ? kind : 'other';
    const key = `${location.path} ${counted}`;
    found.set(key, (found.get(key) ?? new Set()).add(methodId));
  }
  return [...texts].flatMap(([path, text]) =>
    [...countDecorators(text)].flatMap(([kind, count]) => {
      const handled = found.get(`${path} ${kind}`)?.size ?? 0;
      if (count <= handled) return [];
      return [{ why: `${count} decorators of ${kind}, ${handled} handlers`, where: path }];
    }),
  );
}

/** Controllers without routes, handlers' classes in no module, decorators that no rule knows. */
function ofClasses(index: CodeIndex, facts: WorkspaceFacts): Suspect[] {
  const program = new Program();
  program.update(facts);
  const constants = new ConstantEvaluator(program);
  const { holders } = new Registrations(constants);
  const routed = new Set(index.handlers.map(({ controller }) => controller));
  const suspects: Suspect[] = [];
  const unknown = new Map<string, string>();
  for (const [path, { classes, methods }] of program.files) {
    for (const [at, fact] of classes.entries()) {
      const where = `${path}:${fact.line}`;
      const own = nestDecorators(constants, fact.decorators, path);
      const ofMethods = fact.methods.flatMap((method) =>
        nestDecorators(constants, methods[method]?.decorators ?? [], path),
      );
      const isMade = fact.within !== undefined || fact.abstract === true;
      const isController = own.some(({ name }) => name === 'Controller');
      if (isController && !isMade && !routed.has(fact.name)) {
        suspects.push({ why: `${fact.name}: a controller without routes`, where });
      }
      if (own.length > 0 && !isMade && routed.has(fact.name)) {
        const isListed = holders(classKey({ path, index: at })).length > 0;
        if (!isListed) suspects.push({ why: `${fact.name}: in no module`, where });
      }
      for (const { name, module } of [...own, ...(routed.has(fact.name) ? [] : ofMethods)]) {
        if (!frameworks.test(module) || plainDecorators.has(name)) continue;
        if (countedDecorators.has(name)) continue;
        const key = `@${name} of ${module}: no rule knows it`;
        if (!unknown.has(key)) unknown.set(key, where);
      }
    }
  }
  return [...suspects, ...[...unknown].map(([why, where]) => ({ why, where }))];
}
