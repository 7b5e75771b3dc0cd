import { message } from '../../core/base/message.ts';
import { shortened, visibleText } from '../../core/base/visibleText.ts';
import type { Refusal } from './http/guard.ts';

export interface RefusalListener {
  /** Told to the user: a service here is set up wrongly. */
  notice(sentence: string): void;
  /** For the log. */
  warn(sentence: string): void;
}

/** Distinct senders told of: a page may come under any number of names. */
const mostTold = 20;
const mostCharacters = 100;

/** Tells of each refused sender once, of the first unanswered name in a notice. @returns what hears of refusals. */
export function tellRefusedSenders(listener: RefusalListener): (refusal: Refusal) => void {
  const told = new Set<string>();
  let noticed = false;
  return ({ kind, sender }) => {
    const name = visibleText(shortened(sender, mostCharacters));
    const key = `${kind} ${name}`;
    if (told.has(key) || told.size >= mostTold) return;
    told.add(key);
    if (kind === 'page') listener.warn(pageSentence(name));
    else if (noticed) listener.warn(nameSentence(name));
    else {
      noticed = true;
      listener.notice(nameSentence(name));
    }
  };
}

const nameSentence = (name: string): string =>
  message(
    "Spans sent to {0} were rejected because of the host name. Set the exporter's endpoint to an IP address, localhost, or host.docker.internal from a container.",
    name,
  );

const pageSentence = (origin: string): string =>
  message('Spans from web page {0} were rejected. Send them through a Collector.', origin);
