import { message } from '../../base/message.ts';
import { callTitle } from '../../code/calls/callTitle.ts';
import type { CallSpans } from './callSpans.ts';

/** Why this call, of libraries whose calls go by what they are called: `GET rates/*`, `Kafka send orders`. */
export const titledReasons: CallSpans<unknown>['reasons'] = {
  only: (call, caller) => message('The only {0} called from {1}.', callTitle(call), caller),
  several: (call, caller) => message('{0} calls {1} in several places.', caller, callTitle(call)),
  alone: (call) => message("{0} call in the service's folder.", callTitle(call)),
};
