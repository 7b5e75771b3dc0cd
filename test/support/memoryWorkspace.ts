import { extractConfig, isConfigFile, type ConfigFacts } from '../../src/core/code/configFacts.ts';
import { extractFacts } from '../../src/core/code/extractFacts.ts';
import type { FileFacts } from '../../src/core/code/language/facts.ts';
import { ModuleResolution } from '../../src/core/code/language/program/moduleResolution.ts';
import { Linker, type WorkspaceFacts } from '../../src/core/code/linker.ts';
import { handlerTitle } from '../../src/core/code/nest/handlerTitle.ts';
import type { CodeIndex, HttpHandler, PrismaCallSite } from '../../src/core/code/model.ts';

/** Indexes files given as text; a name without a folder is put into `/ws`. */
export function indexFiles(texts: Readonly<Record<string, string>>): CodeIndex {
  return linked(new Linker(), workspaceOf(texts));
}

/** Their facts, for `Linker`. */
export function workspaceOf(texts: Readonly<Record<string, string>>): WorkspaceFacts {
  const files = new Map<string, FileFacts>();
  const configs = new Map<string, ConfigFacts>();
  for (const [name, text] of Object.entries(texts)) {
    const path = `/ws/${name}`;
    if (isConfigFile(path)) {
      const facts = extractConfig(path, text);
      if (facts) configs.set(path, facts);
    } else files.set(path, extractFacts(path, text));
  }
  const sources = new Set(files.keys());
  const modules = new ModuleResolution((path) => sources.has(path), configs);
  const outside = new Set<string>();
  const otherSources = new Set<string>();
  const goSources = { files: new Map(), modules: new Map() };
  return { files, sources, outside, otherSources, goSources, configs, problems: [], modules };
}

/** Links all at once. */
export function linked(linker: Linker, workspace: WorkspaceFacts): CodeIndex {
  const steps = linker.link(workspace);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

export function httpHandlers(index: CodeIndex): HttpHandler[] {
  return index.handlers.flatMap((handler) => (handler.kind === 'http' ? [handler] : []));
}

/** `query orders OrdersResolver.list orders.ts:3`, sorted: handlers of everything but HTTP. */
export function triggersOf(index: CodeIndex): string[] {
  return index.handlers
    .filter(({ kind }) => kind !== 'http')
    .map((h) => {
      const file = h.location.path.replace('/ws/', '');
      const declared = h.declaredIn === h.controller ? '' : ` in ${h.declaredIn}`;
      return `${handlerTitle(h)} ${h.controller}.${h.handler}${declared} ${file}:${h.location.line}`;
    })
    .sort();
}

/** `GET /orders/:id OrdersController.findOne orders.ts:3`, sorted. */
export function routesOf(index: CodeIndex): string[] {
  return httpHandlers(index)
    .map((h) => {
      const file = h.location.path.replace('/ws/', '');
      const declared = h.declaredIn === h.controller ? '' : ` in ${h.declaredIn}`;
      const known = h.pathComplete ? '' : ' incomplete';
      return `${h.method} ${h.path} ${h.controller}.${h.handler}${declared} ${file}:${h.location.line}${known}`;
    })
    .sort();
}

/** Prisma's calls of an index. */
export function prismaCallsOf({ calls }: Pick<CodeIndex, 'calls'>): PrismaCallSite[] {
  return calls.flatMap((call) => (call.library === 'prisma' ? [call] : []));
}

/** `Order.findMany OrdersService.list 3 loop`, in file order. */
export function callsOf(index: CodeIndex): string[] {
  return prismaCallsOf(index).map((c) => {
    const model = c.model === undefined ? '' : `${c.model}.`;
    const loop = c.inLoop ? ' loop' : '';
    return `${model}${c.operation} ${c.enclosing} ${c.location.line}${loop}`;
  });
}
