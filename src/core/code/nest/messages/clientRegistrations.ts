import type { WorkspacePath } from '../../location.ts';
import type { ScopedExpression } from '../../language/program/symbols.ts';
import { pathOfClassKey } from '../../language/types/classes.ts';
import type { Projects } from '../../projects/projects.ts';
import type { Registrations } from '../application/registrations.ts';
import { tokenKey } from '../providers.ts';
import { factoryOptions } from './factoryOptions.ts';
import { registeredName, type Evaluation } from './registeredName.ts';
import { transportName } from './transports.ts';

/** What a client of NestJS sends through. Plain data. */
export interface ClientTransport {
  /** Member of NestJS's enum: `KAFKA`, `RMQ`; empty where only the running program knows. */
  readonly name: string;
  /** Of RabbitMQ: where all its messages go; undefined: not known. */
  readonly queue: string | undefined;
}

interface RegisteredClient extends ClientTransport {
  /** See `tokenKey`. */
  readonly token: string;
  /** Project of the module that registers it. */
  readonly project: string;
}

/** The clients that modules register: `ClientsModule.register([{ name: 'ORDERS', transport, options }])`. */
export class ClientRegistrations {
  readonly #parts: Evaluation & { readonly projects: Projects };
  readonly #all: () => readonly RegisteredClient[];

  constructor(
    parts: Evaluation & { readonly projects: Projects; readonly registrations: Registrations },
  ) {
    this.#parts = parts;
    const { registrations, projects } = parts;
    this.#all = parts.constants.program.queryDatabase.derive(() =>
      registrations
        .messageModules()
        .flatMap((module) => clientsOf(parts, registrations, projects, module)),
    );
  }

  /** Of a token that is injected; undefined: nobody registers it, or differently. */
  of(token: ScopedExpression, path: WorkspacePath): ClientTransport | undefined {
    const key = tokenKey(this.#parts.constants, token);
    if (key === undefined) return undefined;
    const all = this.#all().filter((client) => client.token === key);
    const project = this.#parts.projects.of(path);
    const own = all.filter((client) => client.project === project);
    const [first, ...others] = own.length > 0 ? own : all;
    if (!first || others.some((other) => other.name !== first.name)) return undefined;
    const isSame = others.every(({ queue }) => queue === first.queue);
    return { name: first.name, queue: isSame ? first.queue : undefined };
  }
}

function clientsOf(
  parts: Evaluation,
  { messageCalls }: Registrations,
  projects: Projects,
  module: string,
): readonly RegisteredClient[] {
  const project = projects.of(pathOfClassKey(module));
  return messageCalls(module)
    .filter(({ library }) => library === '@nestjs/microservices')
    .flatMap(({ args: [list] }) => (list ? clientsIn(parts, list) : []))
    .flatMap((item) => {
      const name = parts.constants.property(item, 'name');
      const token = name && tokenKey(parts.constants, name);
      const [options = item] = factoryOptions(parts, item, 'createClientOptions');
      return token === undefined ? [] : [{ token, project, ...transportIn(parts, options) }];
    });
}

/** A list, or `{ clients: […] }`. */
function clientsIn({ constants }: Evaluation, list: ScopedExpression): readonly ScopedExpression[] {
  return constants.items(constants.property(list, 'clients') ?? list);
}

/** Of a client's options: `{ transport: Transport.RMQ, options: { queue: 'bills' } }`. */
export function transportIn(parts: Evaluation, options: ScopedExpression): ClientTransport {
  const { constants } = parts;
  const more = constants.property(options, 'options');
  const queue = more && constants.property(more, 'queue');
  return {
    name: transportName(constants, constants.property(options, 'transport')),
    queue: queue && registeredName(parts, queue).name,
  };
}
