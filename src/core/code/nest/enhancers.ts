import { lastName, type Expression } from '../language/expression.ts';
import type { ClassFact } from '../language/facts.ts';
import type { CodeIndex } from '../model.ts';
import type { WorkspacePath } from '../location.ts';
import type { ScopedExpression, ClassSymbol } from '../language/program/symbols.ts';
import type { Classes } from '../language/types/classes.ts';
import type { ConstantEvaluator } from '../language/values/constantEvaluator.ts';
import type { MethodTable } from '../language/types/methodTable.ts';
import { nestDecorators } from './nestDecorators.ts';
import type { Providers } from './providers.ts';
import type { Subclasses } from '../language/types/subclasses.ts';

/** Methods that run with a handler, by their ids. */
export type EnhancersAround = ReturnType<CodeIndex['enhancersAround']>;

interface Parts {
  readonly constants: ConstantEvaluator;
  readonly classes: Classes;
  readonly subclasses: Subclasses;
  readonly providers: Providers;
  readonly methods: MethodTable;
}

/** In the order in which NestJS runs them. */
const kinds = ['Guards', 'Interceptors', 'Pipes', 'Filters'] as const;

/** Method that NestJS, Passport or class-validator calls, by the interface it is declared in. */
const entries: Readonly<Record<string, string>> = {
  NestMiddleware: 'use',
  CanActivate: 'canActivate',
  NestInterceptor: 'intercept',
  PipeTransform: 'transform',
  ExceptionFilter: 'catch',
  ValidatorConstraintInterface: 'validate',
};
/** What NestJS calls when an application starts and ends. */
const hooks = new Set([
  'onModuleInit',
  'onApplicationBootstrap',
  'onModuleDestroy',
  'beforeApplicationShutdown',
  'onApplicationShutdown',
]);
const entryNames = ['use', 'canActivate', 'intercept', 'transform', 'catch'];

/**
 * What runs in a request besides its handler: middleware, guards with Passport's strategies, interceptors,
 * pipes and filters. All answers are ids of methods.
 */
export class Enhancers {
  readonly #parts: Parts;
  readonly #all: () => readonly string[];
  readonly #hooks: () => readonly string[];
  readonly #middleware: () => readonly string[];
  readonly #strategies: () => readonly Strategy[];
  readonly #around: (methodId: string) => EnhancersAround;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { queryDatabase } = parts.constants.program;
    this.#all = queryDatabase.derive(() => this.#find(() => true));
    this.#hooks = queryDatabase.derive(() => this.#findHooks());
    this.#middleware = queryDatabase.derive(() => this.#find((name) => name === 'NestMiddleware'));
    this.#strategies = queryDatabase.derive(() => this.#findStrategies());
    this.#around = queryDatabase.deriveEach(
      (methodId) => this.#search(methodId),
      (methodId) => methodId,
    );
  }

  /** Those of every handler, whoever uses them. */
  all(): readonly string[] {
    return this.#all();
  }

  /** Those that a handler's decorators and its class's name, and those of all handlers. */
  around(methodId: string): EnhancersAround {
    return this.#around(methodId);
  }

  /** What runs when an application starts or ends, without any request. */
  lifecycle(): readonly string[] {
    return this.#hooks();
  }

  #findHooks(): readonly string[] {
    const found: string[] = [];
    for (const [path, { methods }] of this.#parts.constants.program.filesWith('methods')) {
      methods.forEach((method, index) => {
        if (method.class !== undefined && hooks.has(method.name))
          found.push(this.#parts.methods.at(path, index).id);
      });
    }
    return found;
  }

  #search(methodId: string): EnhancersAround {
    const { program } = this.#parts.constants;
    const everywhere = [...this.#middleware(), ...this.#entriesOfAll(this.#global())];
    const place = this.#parts.methods.place(methodId);
    if (!place) return { everywhere, named: [] };
    const { class: owner, decorators = [] } = program.methodAt(place.path, place.index);
    const named: ScopedExpression[] = [];
    const read = (facts: ClassFact['decorators'], path: WorkspacePath) => {
      for (const { name, args } of nestDecorators(this.#parts.constants, facts, path))
        if (kinds.some((kind) => name === `Use${kind}`)) named.push(...args);
    };
    if (owner !== undefined) {
      const own: ClassSymbol = { kind: 'class', path: place.path, index: owner };
      for (const symbol of [own, ...this.#parts.subclasses.of(own)])
        for (const { fact, symbol: at } of this.#parts.classes.ancestry(symbol).classes)
          read(fact.decorators, at.path);
    }
    read(decorators, place.path);
    return { everywhere, named: this.#entriesOfAll(named) };
  }

  #entriesOfAll(named: readonly ScopedExpression[]): readonly string[] {
    return [...new Set(named.flatMap((bound) => this.#entriesOf(bound)))];
  }

  /** `{ provide: APP_GUARD, useClass: … }` of any module. */
  #global(): ScopedExpression[] {
    return ['APP_GUARD', 'APP_INTERCEPTOR', 'APP_PIPE', 'APP_FILTER'].flatMap((token) =>
      this.#parts.providers.ofExternal('@nestjs/core', token).flatMap(({ fact, path }) => {
        const expression = fact.useClass ?? fact.useExisting;
        return expression === undefined ? [] : [{ expression, path }];
      }),
    );
  }

  /** `AuthGuard('jwt')`, a class, or an instance of one. */
  #entriesOf(bound: ScopedExpression): readonly string[] {
    const { constants } = this.#parts;
    const resolved = constants.resolve(bound);
    if (resolved.symbol?.kind === 'class') return this.#entriesOfClass(resolved.symbol);
    if (resolved.symbol) return [];
    const { expression } = resolved;
    if (typeof expression !== 'object') return [];
    if (expression.kind === 'new')
      return this.#entriesOf({ ...resolved, expression: expression.callee });
    return this.#ofPassport({ ...resolved, expression });
  }

  #entriesOfClass(symbol: ClassSymbol): readonly string[] {
    const { classes } = this.#parts.classes.ancestry(symbol);
    const own = entryNames.flatMap((name) => this.#methodId(symbol, name) ?? []);
    const passport = classes.flatMap(({ fact, symbol: { path } }) =>
      fact.extends === undefined ? [] : this.#ofPassport({ expression: fact.extends, path }),
    );
    return [...own, ...passport];
  }

  /** The strategies that `AuthGuard('jwt')` runs. */
  #ofPassport(bound: ScopedExpression): readonly string[] {
    const resolved = this.#parts.constants.resolve(bound);
    if (resolved.symbol || typeof resolved.expression !== 'object') return [];
    const { expression } = resolved;
    if (expression.kind !== 'call' || !this.#isOf(expression.callee, resolved, 'AuthGuard'))
      return [];
    const [given] = expression.args;
    const names = (
      given === undefined ? [] : this.#parts.constants.items({ ...resolved, expression: given })
    )
      .map((item) => this.#parts.constants.value(item))
      .filter((name) => typeof name === 'string');
    return this.#strategies().flatMap(({ name, validate }) =>
      names.length === 0 || name === '' || names.includes(name) ? [validate] : [],
    );
  }

  #findStrategies(): readonly Strategy[] {
    const found: Strategy[] = [];
    for (const [path, { classes }] of this.#parts.constants.program.filesWith('classes')) {
      classes.forEach((fact, index) => {
        const base = fact.extends;
        if (typeof base !== 'object' || base.kind !== 'call') return;
        if (!this.#isOf(base.callee, { path }, 'PassportStrategy')) return;
        const validate = this.#methodId({ kind: 'class', path, index }, 'validate');
        if (validate !== undefined)
          found.push({ name: this.#strategyName(base.args, path), validate });
      });
    }
    return found;
  }

  /** As given, else as its package calls it: `passport-jwt`; empty when that doesn't tell. */
  #strategyName([strategy, given]: readonly Expression[], path: WorkspacePath): string {
    const name = given && this.#parts.constants.value({ expression: given, path });
    if (typeof name === 'string') return name;
    const { symbol } =
      strategy === undefined ? {} : this.#parts.constants.resolve({ expression: strategy, path });
    return symbol?.kind === 'external' ? (/^passport-([\w-]+)/.exec(symbol.module)?.[1] ?? '') : '';
  }

  #isOf(callee: Expression, where: Omit<ScopedExpression, 'expression'>, name: string): boolean {
    const { symbol } = this.#parts.constants.resolve({ ...where, expression: callee });
    return (
      symbol?.kind === 'external' && symbol.name === name && symbol.module === '@nestjs/passport'
    );
  }

  #find(isWanted: (implemented: string) => boolean): readonly string[] {
    const found = new Set<string>();
    for (const [path, { classes }] of this.#parts.constants.program.filesWith('classes')) {
      classes.forEach((fact, index) => {
        for (const implemented of fact.implements ?? []) {
          const name = lastName(implemented) ?? '';
          const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
          if (entry === undefined || !isWanted(name)) continue;
          const id = this.#methodId({ kind: 'class', path, index }, entry);
          if (id !== undefined) found.add(id);
        }
      });
    }
    if (isWanted('')) for (const { validate } of this.#strategies()) found.add(validate);
    return [...found];
  }

  #methodId(symbol: ClassSymbol, name: string): string | undefined {
    const found = this.#parts.classes.method(symbol, name);
    return found && this.#parts.methods.at(found.path, found.index).id;
  }
}

interface Strategy {
  readonly name: string;
  /** Id of its method. */
  readonly validate: string;
}
