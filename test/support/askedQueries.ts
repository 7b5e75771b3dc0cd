import Module from 'node:module';

/**
 * Preloaded into a service of Prisma's client engine: each statement gets a comment that says which requests it was
 * compiled for. So it is known which call made a query, whatever span it hangs below.
 */
interface Request {
  readonly modelName?: string;
  readonly action: string;
}

type Compile = (this: unknown, request: string) => unknown;

interface Compiler {
  readonly QueryCompiler: { readonly prototype: { compile: Compile; compileBatch: Compile } };
}

const marked = new WeakSet();

function markPlans({ QueryCompiler: { prototype } }: Compiler): void {
  if (marked.has(prototype)) return;
  marked.add(prototype);
  const { compile, compileBatch } = prototype;
  prototype.compile = function (request) {
    const plan: unknown = Reflect.apply(compile, this, [request]);
    mark(plan, [JSON.parse(request) as Request]);
    return plan;
  };
  prototype.compileBatch = function (request) {
    const response = Reflect.apply(compileBatch, this, [request]) as {
      readonly plans?: readonly unknown[];
    };
    const { batch } = JSON.parse(request) as { readonly batch: readonly Request[] };
    // Each request has a plan of its own, or all share one.
    if (response.plans === undefined) mark(response, batch);
    else for (const [at, plan] of response.plans.entries()) mark(plan, batch.slice(at, at + 1));
    return response;
  };
}

function mark(plan: unknown, requests: readonly Request[]): void {
  const names = requests.map(({ modelName = '', action }) => `${modelName}.${action}`);
  const chunk = ` /* asked: ${names.join(' ')} */`;
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const one of Object.values(node)) visit(one);
    const query = node as { type?: unknown; fragments?: unknown; sql?: unknown };
    if (Array.isArray(query.fragments)) query.fragments.push({ type: 'stringChunk', chunk });
    else if (query.type === 'rawSql' && typeof query.sql === 'string') query.sql += chunk;
  };
  visit(plan);
}

const loader = Module as unknown as { _load: (this: unknown, ...args: unknown[]) => unknown };
const load = loader._load;
loader._load = function (...args) {
  const loaded = Reflect.apply(load, this, args);
  if (String(args[0]).endsWith('query_compiler_bg.js')) markPlans(loaded as Compiler);
  return loaded;
};
