import { message } from '../../../src/core/base/message.ts';
import { isAbort } from '../../../src/core/base/sourceError.ts';
import type { AttributeCondition } from '../../../src/core/trace/filter/attributeCondition.ts';
import type { Host } from '../host.ts';
import type { WaterfallModel } from '../model.ts';

/** A filter that is being typed asks once, when it rests. */
const settleMs = 150;

/** Asks the host about the attributes of the filter; another filter or trace takes the question back. */
export function askAttributes(host: Host, model: WaterfallModel): void {
  let asking = new AbortController();
  let asked = { trace: model.trace, conditions: '[]' };
  let timer = 0;
  const ask = async (conditions: readonly AttributeCondition[], signal: AbortSignal) => {
    const answers = [];
    for (const condition of conditions)
      answers.push({ condition, answer: await host.call('rowsWithAttribute', condition, signal) });
    model.answerAttributes(answers);
  };
  model.changed(() => {
    const { trace, unanswered } = model;
    const conditions = JSON.stringify(unanswered);
    if (asked.trace === trace && asked.conditions === conditions) return;
    asked = { trace, conditions };
    asking.abort();
    window.clearTimeout(timer);
    if (unanswered.length === 0) return;
    asking = new AbortController();
    const { signal } = asking;
    timer = window.setTimeout(() => {
      ask(unanswered, signal).catch((error: unknown) => {
        if (isAbort(error)) return;
        const reason = error instanceof Error ? error.message : String(error);
        model.notify(message("Can't search attributes: {0}", reason));
      });
    }, settleMs);
  });
}
