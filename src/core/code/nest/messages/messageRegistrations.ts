import type { WorkspacePath } from '../../location.ts';
import type { Application } from '../application/applications.ts';
import type { ScopedExpression } from '../../language/program/symbols.ts';
import { pathOfClassKey } from '../../language/types/classes.ts';
import { factoryOptions } from './factoryOptions.ts';
import type { ModuleCall } from '../nestModules.ts';
import type { Projects } from '../../projects/projects.ts';
import { rabbitBinding, type RabbitBinding } from './rabbitBinding.ts';
import {
  fixedName,
  queueOfUrl,
  registeredName,
  type Evaluation,
  type RegisteredName,
} from './registeredName.ts';
import type { Registrations } from '../application/registrations.ts';

/** What modules register for the decorators of messages. Plain data. */
export interface RegisteredMessages {
  /** Queues of Bull and BullMQ by the name that classes ask for. */
  readonly bull: ReadonlyMap<string, RegisteredName>;
  /** Queues of SQS by the consumer's name, empty where that isn't known. */
  readonly sqs: ReadonlyMap<string, readonly RegisteredName[]>;
  /** False: there may be consumers of SQS that the code doesn't show. */
  readonly sqsComplete: boolean;
  /** Of RabbitMQ by the name in the decorator; the one of decorators without a name is `defaultHandler`. */
  readonly rabbit: ReadonlyMap<string, readonly RabbitBinding[]>;
  readonly defaultHandler: string | undefined;
}

/** The registrations of applications: which queue a decorator's name stands for. */
export class MessageRegistrations {
  readonly #parts: Evaluation & { readonly projects: Projects };
  readonly #ofRoot: (root: string) => RegisteredMessages;
  readonly #ofProject: (project: string) => RegisteredMessages;

  constructor(
    parts: Evaluation & { readonly projects: Projects; readonly registrations: Registrations },
  ) {
    this.#parts = parts;
    const { registrations, projects } = parts;
    const { queryDatabase } = parts.constants.program;
    const each = (modules: (key: string) => readonly string[]) =>
      queryDatabase.deriveEach(
        (key: string) => readCalls(parts, modules(key).flatMap(registrations.messageCalls)),
        (key) => key,
      );
    this.#ofRoot = each((root) => [...registrations.reachable(root)]);
    this.#ofProject = each((project) =>
      registrations
        .messageModules()
        .filter((module) => projects.of(pathOfClassKey(module)) === project),
    );
  }

  /** Of the modules that an application has; of its whole project where the modules it starts from aren't known. */
  of(application: Application | undefined, path: WorkspacePath): RegisteredMessages {
    const root = application?.rootModule;
    const found = root === undefined ? undefined : this.#ofRoot(root);
    return found && !isEmpty(found)
      ? found
      : this.#ofProject(this.#parts.projects.of(application?.path ?? path));
  }
}

const isEmpty = ({ bull, sqs, sqsComplete, rabbit }: RegisteredMessages): boolean =>
  bull.size + sqs.size + rabbit.size === 0 && sqsComplete;

function readCalls(parts: Evaluation, calls: readonly ModuleCall[]): RegisteredMessages {
  const bull = new Map<string, RegisteredName>();
  const sqs = new Map<string, RegisteredName[]>();
  const rabbit = new Map<string, readonly RabbitBinding[]>();
  let sqsComplete = true;
  let defaultHandler: string | undefined;
  for (const { library, args } of calls) {
    if (/\bsqs\b/.test(library)) {
      for (const options of factoryOptions(parts, args[0], 'createOptions')) {
        sqsComplete = readConsumers(parts, options, sqs) && sqsComplete;
      }
    } else if (library.startsWith('@golevelup/')) {
      for (const options of factoryOptions(parts, args.at(-1), 'createModuleConfig')) {
        readRabbit(parts, options, rabbit);
        const named = parts.constants.property(options, 'defaultHandler');
        defaultHandler ??= named && registeredName(parts, named).name;
      }
    } else if (library.startsWith('@nestjs/bull')) {
      for (const options of args) readQueues(parts, options, bull);
    }
  }
  return { bull, sqs, sqsComplete, rabbit, defaultHandler };
}

/** `consumers` of @ssut/nestjs-sqs. False: there may be more than the code shows. */
function readConsumers(
  parts: Evaluation,
  options: ScopedExpression,
  found: Map<string, RegisteredName[]>,
): boolean {
  const { constants, configuration } = parts;
  const list = constants.property(options, 'consumers');
  if (!list) return constants.keys(options).length > 0;
  let isComplete = true;
  for (const item of constants.items(configuration.followed(list))) {
    const url = constants.property(item, 'queueUrl');
    isComplete &&= url !== undefined;
    if (!url) continue;
    const name = registeredName(parts, constants.property(item, 'name')).name ?? '';
    found.set(name, [...(found.get(name) ?? []), queueOfUrl(registeredName(parts, url))]);
  }
  return isComplete;
}

/** `registerQueue(…)` and `registerQueueAsync(…)`: what a factory calls the queue wins. */
function readQueues(
  parts: Evaluation,
  argument: ScopedExpression,
  found: Map<string, RegisteredName>,
): void {
  const { constants } = parts;
  for (const item of constants.items(argument)) {
    if (constants.keys(item).length === 0) continue;
    const own = constants.property(item, 'name');
    const name = own ? registeredName(parts, own) : fixedName('default');
    if (name.name === undefined) continue;
    const methods = ['createRegisterQueueOptions', 'createBullOptions'];
    const [options] = factoryOptions(parts, item, ...methods);
    const given = options && constants.property(options, 'name');
    found.set(name.name, given && given !== own ? registeredName(parts, given) : name);
  }
}

/** `handlers` of @golevelup/nestjs-rabbitmq. */
function readRabbit(
  parts: Evaluation,
  options: ScopedExpression,
  found: Map<string, readonly RabbitBinding[]>,
): void {
  const { constants } = parts;
  const handlers = constants.property(options, 'handlers');
  for (const key of handlers ? constants.keys(handlers) : []) {
    const given = handlers && constants.property(handlers, key);
    const items = given ? constants.items(given) : [];
    found.set(
      key,
      items.map((item) => rabbitBinding(parts, item)),
    );
  }
}
