import { ModulesContainer } from '@nestjs/core';

import { readProviders, type NestModules } from './index.ts';

/**
 * For applications whose NestJS is inside their own bundle, where it can't be found as it is loaded: imported
 * by the root module, it finds handlers and Prisma clients from within.
 */
export class CodeLocationModule {
  readonly #modules: NestModules;

  constructor(modules: NestModules) {
    this.#modules = modules;
  }

  onModuleInit(): void {
    readProviders(this.#modules);
  }
}

interface Metadata {
  defineMetadata(key: string, value: unknown, target: object): void;
}
// What `@Inject(ModulesContainer)` writes.
(Reflect as unknown as Metadata).defineMetadata(
  'self:paramtypes',
  [{ index: 0, param: ModulesContainer }],
  CodeLocationModule,
);
