import type { SetupFact } from '../../language/facts.ts';

/** `context`: answers neither requests nor messages of a transport; a worker, or a script. */
export type ApplicationKind = 'http' | 'microservice' | 'context';

/** Methods of `NestFactory`. */
const creators: Readonly<Record<string, ApplicationKind>> = {
  create: 'http',
  createMicroservice: 'microservice',
  createApplicationContext: 'context',
};

/** What a call makes; undefined: no application. */
export function applicationKindOf({ name }: SetupFact): ApplicationKind | undefined {
  return Object.hasOwn(creators, name) ? creators[name] : undefined;
}
