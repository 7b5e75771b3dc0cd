import { asMember, type Expression } from '../../language/expression.ts';
import type { WorkspacePath } from '../../location.ts';
import type { ScopedExpression } from '../../language/program/symbols.ts';
import { validatedObject } from '../../language/values/validatedObject.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';
import { environmentDefaults } from './environmentDefaults.ts';
import { loadedConfiguration } from './loadedConfiguration.ts';
import type { Projects } from '../../projects/projects.ts';
import { joinTexts } from '../../language/values/scalars.ts';
import { ServiceMembers } from './serviceMembers.ts';

const lookups = new Set(['get', 'getOrThrow']);
const maxDepth = 8;
/** Parts and alternatives of one text, with those that they are made of. */
const mostParts = 500;

/** What functions return that make configuration: `registerAs`, and those that modules load. */
interface Factories {
  /** Of `registerAs`, by name. */
  readonly namespaces: ReadonlyMap<string, ScopedExpression>;
  readonly others: readonly ScopedExpression[];
}

/** Values that come from configuration: `process.env`, ConfigService and `registerAs`. */
export class Configuration {
  readonly #constants: ConstantEvaluator;
  readonly #projects: Projects;
  readonly #services: ServiceMembers;
  readonly #factories: () => Factories;
  readonly #defaults: () => ReadonlyMap<string, string>;
  /** Of the text that is read. */
  #parts = 0;

  constructor(constants: ConstantEvaluator, projects: Projects) {
    this.#constants = constants;
    this.#projects = projects;
    this.#services = new ServiceMembers(constants);
    const { queryDatabase } = constants.program;
    this.#factories = queryDatabase.derive(() => this.#readFactories());
    this.#defaults = queryDatabase.derive(() => environmentDefaults(constants));
  }

  /** Text of an expression: its constant, its default, or what an environment file sets; else undefined. */
  text(bound: ScopedExpression, depth = 0): string | undefined {
    if (depth === 0) this.#parts = 0;
    if ((this.#parts += 1) > mostParts) return undefined;
    const value = this.#constants.value(bound);
    if (typeof value === 'string') return value;
    if (depth > maxDepth) return undefined;
    const resolved = this.#constants.resolve(bound);
    if (resolved.symbol) return undefined;
    const { expression, path, bindings, self } = resolved;
    const inner = (next: Expression) =>
      this.text({ expression: next, path, bindings, self }, depth + 1);
    if (typeof expression === 'object') {
      if (expression.kind === 'either') {
        for (const option of expression.options) {
          const text = inner(option);
          if (text !== undefined) return text;
        }
        return undefined;
      }
      if (expression.kind === 'join') {
        const parts = expression.parts.map(inner);
        return parts.every((part) => part !== undefined) ? joinTexts(parts) : undefined;
      }
    }
    const variable = environmentName(expression);
    if (variable !== undefined) return this.#environment(path, variable);
    const found =
      this.#lookup(resolved) ?? this.#services.of(resolved) ?? this.#ofChecked(resolved);
    if (found) {
      const text = this.text(found, depth + 1);
      if (text !== undefined) return text;
    }
    return this.#fallback(resolved, depth);
  }

  /** `prefix` of `schema.parse({ prefix: … }).prefix`. */
  #ofChecked(bound: ScopedExpression): ScopedExpression | undefined {
    const member = asMember(bound.expression);
    if (!member) return undefined;
    const object = validatedObject(this.#constants, { ...bound, expression: member.of });
    return this.#constants.property(object, member.name);
  }

  /** What a lookup comes down to: for `config.get('app.exclude')` the list that the configuration has there. */
  followed(bound: ScopedExpression): ScopedExpression {
    const resolved = this.#constants.resolve(bound);
    if (resolved.symbol) return bound;
    return this.#lookup(resolved) ?? this.#services.of(resolved) ?? bound;
  }

  /** `config.get('X', 'api')`, and environment variables read through ConfigService. */
  #fallback(
    { expression, path, bindings, self }: ScopedExpression,
    depth: number,
  ): string | undefined {
    if (typeof expression !== 'object' || expression.kind !== 'call') return undefined;
    if (!lookups.has(asMember(expression.callee)?.name ?? '')) return undefined;
    const [key, initial] = expression.args;
    const name =
      key === undefined ? undefined : this.#constants.value({ expression: key, path, bindings });
    const set = typeof name === 'string' ? this.#environment(path, name) : undefined;
    if (set !== undefined || initial === undefined) return set;
    return this.text({ expression: initial, path, bindings, self }, depth + 1);
  }

  #environment(path: WorkspacePath, name: string): string | undefined {
    const { configs } = this.#constants.program;
    return this.#projects.environment(path, configs, name) ?? this.#defaults().get(name);
  }

  /** What `config.get('app.prefix')` or `config.get('app').prefix` names in the configuration's factories. */
  #lookup(bound: ScopedExpression): ScopedExpression | undefined {
    const keys = this.#lookupKeys(bound);
    if (!keys) return undefined;
    const { namespaces, others } = this.#factories();
    const [first = '', ...rest] = keys;
    const namespace = namespaces.get(first);
    const starts = [
      ...(namespace ? [{ object: namespace, keys: rest }] : []),
      ...others.map((object) => ({ object, keys })),
    ];
    for (const start of starts) {
      let found: ScopedExpression | undefined = start.object;
      for (const key of start.keys) {
        found &&= this.#constants.property(validatedObject(this.#constants, found), key);
      }
      if (found) return this.#constants.property(found, 'default') ?? found;
    }
    return undefined;
  }

  #lookupKeys(bound: ScopedExpression): readonly string[] | undefined {
    const { expression } = bound;
    const member = asMember(expression);
    if (member) {
      const keys = this.#lookupKeys({ ...bound, expression: member.of });
      return keys && [...keys, member.name];
    }
    if (typeof expression !== 'object' || expression.kind !== 'call') return undefined;
    const callee = asMember(expression.callee);
    const [key] = expression.args;
    if (!callee || !lookups.has(callee.name) || key === undefined) return undefined;
    const value = this.#constants.value({ ...bound, expression: key });
    return typeof value === 'string'
      ? value.split('.')
      : this.#namespaceOf({ ...bound, expression: key });
  }

  /** Name of the factory in `app.get(appConfig.KEY)`. */
  #namespaceOf({ expression, path }: ScopedExpression): readonly string[] | undefined {
    const { program } = this.#constants;
    const member = asMember(expression);
    if (member?.name !== 'KEY' || typeof member.of !== 'string') return undefined;
    const symbol = program.resolve(path, member.of);
    if (symbol?.kind !== 'function' && symbol?.kind !== 'value') return undefined;
    const local =
      symbol.kind === 'value' ? symbol.fact.name : program.methodAt(symbol.path, symbol.index).name;
    const value = program.facts(symbol.path)?.values.find(({ name }) => name === local)?.value;
    const [name] = typeof value === 'object' && value.kind === 'call' ? value.args : [];
    const text = name && this.#constants.value({ expression: name, path: symbol.path });
    return typeof text === 'string' ? [text] : undefined;
  }

  #readFactories(): Factories {
    const namespaces = new Map<string, ScopedExpression>();
    const factories: ScopedExpression[] = [...loadedConfiguration(this.#constants)];
    for (const [path, facts] of this.#constants.program.files) {
      for (const { value } of facts.values) {
        if (typeof value !== 'object') continue;
        if (value.kind !== 'call' || typeof value.callee !== 'string') continue;
        const [key, factory] = value.args;
        if (value.callee === 'convict' && key !== undefined)
          factories.push({ expression: key, path });
        if (value.callee !== 'registerAs') continue;
        const name =
          key === undefined ? undefined : this.#constants.value({ expression: key, path });
        const [object] = factory === undefined ? [] : returnsOf(factory, path);
        if (typeof name === 'string' && object) namespaces.set(name, object);
      }
    }
    return { namespaces, others: factories };
  }
}

function returnsOf(expression: Expression, path: WorkspacePath): ScopedExpression[] {
  return typeof expression === 'object' && expression.kind === 'function'
    ? expression.returns.map((returned) => ({ expression: returned, path }))
    : [];
}

/** `process.env.X`, and `X` of what a function makes of `process.env`: `schema.parse(process.env).X`. */
function environmentName(expression: Expression): string | undefined {
  if (typeof expression === 'string') {
    const start = 'process.env.';
    return expression.startsWith(start) ? expression.slice(start.length) : undefined;
  }
  if (expression.kind !== 'member' || typeof expression.of === 'string') return undefined;
  const { of, name } = expression;
  return of.kind === 'call' && of.args.some(isEnvironment) ? name : undefined;
}

/** `process.env`, or options that have it: `{ runtimeEnv: process.env }`. */
function isEnvironment(expression: Expression): boolean {
  if (typeof expression === 'string') return expression === 'process.env';
  return (
    expression.kind === 'object' && expression.entries.some(([, value]) => value === 'process.env')
  );
}
