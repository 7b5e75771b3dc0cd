import { errorText } from '../../../src/core/base/errorText.ts';
import { message } from '../../../src/core/base/message.ts';
import { isAbort } from '../../../src/core/base/sourceError.ts';
import type { AttributeCondition } from '../../../src/core/trace/filter/attributeCondition.ts';
import type { Host } from '../host.ts';
import type { WaterfallModel } from '../model.ts';

/**
 * Asks the host about the attributes of the filter, at once: who types on takes the question back, and the engine looks
 * up from its work every few milliseconds. So does another trace.
 */
export function askAttributes(host: Host, model: WaterfallModel): void {
  let asking = new AbortController();
  let asked = { shape: model.shape, conditions: '[]' };
  const ask = async (conditions: readonly AttributeCondition[], signal: AbortSignal) => {
    const answers = await Promise.all(
      conditions.map(async (condition) => ({
        condition,
        answer: await host.call('rowsWithAttribute', condition, signal),
      })),
    );
    model.answerAttributes(answers);
  };
  model.onSearched(() => {
    const { shape, unanswered } = model;
    const conditions = JSON.stringify(unanswered);
    if (asked.shape === shape && asked.conditions === conditions) return;
    asked = { shape, conditions };
    asking.abort();
    if (unanswered.length === 0) return;
    asking = new AbortController();
    ask(unanswered, asking.signal).catch((error: unknown) => {
      if (isAbort(error)) return;
      const reason = errorText(error);
      model.notify(message("Can't search attributes: {0}", reason));
    });
  });
}
