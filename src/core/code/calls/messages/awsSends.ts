import { option, textIn, written, type Argument } from '../callArguments.ts';
import type { CallParts } from '../callLibrary.ts';
import type { Destination, Sending } from './destinations.ts';

/** Commands of the AWS SDK that send a message. */
const commands = /^((?:SendMessage|Publish)(?:Batch)?)Command$/;

/** Of the AWS SDK 3: `send(new SendMessageCommand({ QueueUrl }))`; undefined: another command. */
export const commandSent: Sending = (parts, { given }) => {
  const made = written(parts, given(0));
  const expression = made?.expression;
  if (!made || typeof expression !== 'object' || expression.kind !== 'new') return undefined;
  const command = parts.constants.resolve({ ...made, expression: expression.callee }).symbol;
  const [, name] = (command?.kind === 'external' && commands.exec(command.name)) || [];
  if (name === undefined) return undefined;
  const [input] = expression.args;
  const options = input === undefined ? undefined : { ...made, expression: input };
  return { ...destinationIn(parts, options), command: name };
};

/** Of clients that have a method for each command: `sendMessage({ QueueUrl })`. */
export const inputSent: Sending = (parts, { given }) => destinationIn(parts, given(0));

function destinationIn(parts: CallParts, input: Argument): Destination {
  const text = (name: string) => textIn(parts, option(parts, input, name));
  return { target: text('QueueUrl') ?? text('TopicArn') ?? text('TargetArn') };
}
