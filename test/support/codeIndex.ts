import type {
  CallPlace,
  CallSite,
  CodeIndex,
  Handler,
  MethodFact,
  OtherCallSite,
} from '../../src/core/code/model.ts';
import type { Project } from '../../src/core/code/projects/project.ts';
import type { CodeLocation } from '../../src/core/code/location.ts';

/** A method by hand: `at` is its line. */
export interface MethodSketch {
  readonly at: number;
  /** Last line; default: five lines. */
  readonly to?: number;
  /** `GET /api/orders/:id`, several for array paths; `GET ~/orders` where the beginning isn't known. */
  readonly route?: string | readonly string[];
  /** Subclasses that inherit the handler, instead of the class itself. */
  readonly inheritedBy?: readonly string[];
  /**
   * `Order.findMany@12`, `queryRaw@13`, `Item.delete@14 loop` (of the line above it), `Item.delete@14 tx` for one in a transaction,
   * `awaited`; `?.findMany@15` of a model that isn't known, `?Order|Item.findMany@15` of one of these.
   */
  readonly prisma?: readonly string[];
  /** `GET https://tax/rates/*@12`; `? @13` where neither method nor URL is known. */
  readonly http?: readonly string[];
  /** `charge@12`, `pay *@13 of orders` with its tracer; `?@14` where the name isn't known. */
  readonly spans?: readonly string[];
  /** Calls what the code doesn't tell. */
  readonly open?: true;
  /** Calls a package that may ask others for something. */
  readonly packages?: true;
  /** Methods it calls: `OrdersService.list`. */
  readonly calls?: readonly string[];
  /** Guards and the like that run with it: `RolesGuard.canActivate`. */
  readonly after?: readonly string[];
}

/** Project (`/shop/shop-api`, its service names), then file, class and method. */
export type IndexSketch = Readonly<
  Record<
    string,
    {
      readonly name?: string;
      readonly services?: readonly string[];
      /** Classes that only inherit, with their base: `CatsController: 'BaseController'`. */
      readonly derived?: Readonly<Record<string, string>>;
      readonly files: Readonly<
        Record<string, Readonly<Record<string, Readonly<Record<string, MethodSketch>>>>>
      >;
    }
  >
>;

interface Parts {
  readonly projects: Project[];
  readonly files: Set<string>;
  readonly methods: MethodFact[];
  readonly handlers: Handler[];
  readonly calls: CallSite[];
  readonly calledBy: Map<string, readonly string[]>;
  readonly open: Set<string>;
  readonly packages: Set<string>;
  readonly steps: Map<string, readonly string[]>;
  readonly derived: Map<string, string>;
}

/** A `CodeIndex` for tests, without source text. */
export function makeIndex(sketch: IndexSketch, outputs: CodeIndex['outputs'] = []): CodeIndex {
  const parts: Parts = {
    projects: [],
    files: new Set(),
    methods: [],
    handlers: [],
    calls: [],
    calledBy: new Map(),
    open: new Set(),
    packages: new Set(),
    steps: new Map(),
    derived: new Map(),
  };
  for (const [root, { name, services, files, derived }] of Object.entries(sketch)) {
    for (const [className, base] of Object.entries(derived ?? {})) {
      parts.derived.set(className, base);
    }
    const serviceNames = (services ?? []).map((service) => ({
      name: service,
      evidence: `Set in ${root}/.env.`,
    }));
    parts.projects.push({ id: root, root, name: name ?? root.split('/').at(-1)!, serviceNames });
    for (const [file, classes] of Object.entries(files)) {
      const path = `${root}/${file}`;
      parts.files.add(path);
      for (const [className, methods] of Object.entries(classes)) {
        for (const [method, body] of Object.entries(methods)) {
          addMethod(parts, { root, path, className, method }, body);
        }
      }
    }
  }
  return { ...indexOf(parts), outputs };
}

interface Place {
  readonly root: string;
  readonly path: string;
  readonly className: string;
  readonly method: string;
}

function addMethod(parts: Parts, place: Place, body: MethodSketch): void {
  const { root, path, className, method } = place;
  const id = `${path}#${className}.${method}`;
  const lines = { firstLine: body.at - 1, lastLine: body.to ?? body.at + 4 };
  const location: CodeLocation = { path, line: body.at, column: 3 };
  parts.methods.push({ id, className, name: method, location, ...lines });
  parts.calledBy.set(id, body.calls ?? []);
  if (body.open) parts.open.add(id);
  if (body.packages) parts.packages.add(id);
  if (body.after) parts.steps.set(id, body.after);
  for (const route of [body.route ?? []].flat()) {
    for (const controller of body.inheritedBy ?? [className]) {
      const [verb, shown] = route.split(' ') as [string, string];
      parts.handlers.push({
        kind: 'http',
        id: `${path}#${controller}.${method} ${route}`,
        method: verb,
        path: shown.replace('~', ''),
        pathComplete: !shown.startsWith('~'),
        controller,
        handler: method,
        declaredIn: className,
        location,
        ...lines,
        methodId: id,
        project: root,
      });
    }
  }
  for (const text of body.prisma ?? []) parts.calls.push(prismaCall(text, place, id));
  for (const text of body.http ?? []) parts.calls.push(httpCall(text, place, id));
  for (const text of body.spans ?? []) parts.calls.push(startedSpan(text, place, id));
}

function httpCall(text: string, place: Place, methodId: string): OtherCallSite {
  const [, verb, target, line] = /^(\S+) (\S*)@(\d+)$/.exec(text)!;
  return {
    ...callPlace(place, methodId, Number(line)),
    library: 'http',
    operation: verb === '?' ? undefined : verb,
    target: target === '' ? undefined : target,
  };
}

function startedSpan(text: string, place: Place, methodId: string): OtherCallSite {
  const [, name, line, tracer] = /^(.+)@(\d+)(?: of (.+))?$/.exec(text)!;
  return {
    ...callPlace(place, methodId, Number(line)),
    library: 'spans',
    operation: 'startActiveSpan',
    target: name === '?' ? undefined : name,
    ...(tracer !== undefined && { tracer }),
  };
}

const callPlace = (
  { root, path, className, method }: Place,
  methodId: string,
  line: number,
): CallPlace => ({
  id: `${path}:${line}:20`,
  location: { path, line, column: 20 },
  enclosing: `${className}.${method}`,
  methodId,
  inLoop: false,
  project: root,
});

function prismaCall(text: string, { root, path, className, method }: Place, methodId: string) {
  const [, name, line, flags] = /^([\w.?|]+)@(\d+)((?: \w+)*)$/.exec(text)!;
  const [spelt, operation] = name!.includes('.') ? name!.split('.') : [undefined, name];
  const isComputed = spelt?.startsWith('?') ?? false;
  const model = isComputed ? undefined : spelt;
  const models = isComputed && spelt !== '?' ? spelt!.slice(1).split('|') : undefined;
  return {
    library: 'prisma' as const,
    id: `${path}:${line}:${name}`,
    model,
    operation: operation!,
    location: { path, line: Number(line), column: 20 },
    enclosing: `${className}.${method}`,
    methodId,
    inLoop: flags!.includes('loop'),
    ...(flags!.includes('loop') && { loop: { path, line: Number(line) - 1, column: 1 } }),
    ...(models && { models }),
    ...(flags!.includes('tx') && { inTransaction: true as const }),
    ...(flags!.includes('awaited') && { awaited: true as const }),
    project: root,
  };
}

function indexOf({
  projects,
  files,
  methods,
  handlers,
  calls,
  calledBy,
  open,
  packages,
  steps,
  derived,
}: Parts): CodeIndex {
  const ancestryOf = (className: string) => {
    const names = [className, derived.get(className)];
    const classes = methods
      .filter((method) => names.includes(method.className))
      .map(({ className: name, location }) => ({ path: location.path, name }));
    return classes.length === 0 ? undefined : { classes, isComplete: true };
  };
  const methodsNamed = (className: string, name: string) =>
    methods.filter((method) => method.className === className && method.name === name);
  const reached = (start: string) => {
    const seen = new Map([[start, 0]]);
    for (const [id, distance] of seen) {
      for (const name of calledBy.get(id) ?? []) {
        const [className, method] = name.split('.') as [string, string];
        for (const called of methodsNamed(className, method)) {
          if (!seen.has(called.id)) seen.set(called.id, distance + 1);
        }
      }
    }
    return seen;
  };
  const idsOf = (names: readonly string[]) =>
    names.flatMap((name) => {
      const [className, method] = name.split('.') as [string, string];
      return methodsNamed(className, method).map(({ id }) => id);
    });
  return {
    projects,
    files,
    goServices: [],
    otherFiles: new Set(),
    outputs: [],
    models: [],
    handlers,
    calls,
    problems: [],
    method: (id) => methods.find((method) => method.id === id),
    controllerMethods: (controller, name) =>
      methodsNamed(controller, name).map((method) => ({
        controller,
        declaredIn: controller,
        location: { ...method.location, line: 1, column: 1 },
        method,
        isController: true,
        mayHaveMore: false,
        project: projects.find(({ root }) => method.location.path.startsWith(`${root}/`))?.id ?? '',
      })),
    methodsOf: (path) => methods.filter(({ location }) => location.path === path),
    methodsNamed,
    ancestryOf,
    callsUnknown: (start) => [...reached(start)].some(([id]) => open.has(id)),
    callees: (id) => ({
      methods: idsOf(calledBy.get(id) ?? []),
      isOpen: open.has(id),
      callsPackages: packages.has(id),
    }),
    enhancersAround: (id) => ({ everywhere: [], named: idsOf(steps.get(id) ?? []) }),
    hasIndependentTurns: () => false,
    lifecycleHooks: () => methods.filter(({ name }) => name === 'onModuleInit').map(({ id }) => id),
    globalEnhancers: () => idsOf([...steps.values()].flat()),
    reachableCalls: (start) =>
      [...reached(start)].flatMap(([id, distance]) =>
        calls.filter(({ methodId }) => methodId === id).map((call) => ({ call, distance })),
      ),
  };
}
