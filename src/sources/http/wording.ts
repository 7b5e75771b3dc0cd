import type { MessageBundle } from '../../core/base/message.ts';

/** Next steps of this folder's errors on the command line, whatever product answers. */
export const httpWording: MessageBundle = {
  '{0} denied access (HTTP {1}). Run "Spanhop: Set {2} Header…" to set the header it requires.':
    "{0} denied access (HTTP {1}). Set the header it requires with --header 'Authorization: …'.",
  "{0} didn't respond within {1} s. Check {2}, shorten the time range, or increase the request timeout in Settings.":
    "{0} didn't respond within {1} s. Check {2}, shorten --window, or increase --timeout.",
  'The response from {0} is larger than {1} MB. Shorten the time range, reduce the number of traces, or increase the maximum response size in Settings.':
    'The response from {0} is larger than {1} MB. Shorten --window.',
  "The certificate of {0} isn't trusted ({1}). Set {2} to its certificate authority, or use the right host name.":
    "The certificate of {0} isn't trusted ({1}). Name its certificate authority with --ca, or use the right host name.",
  '{0} requires a client certificate. Set {1} and {2}.':
    '{0} requires a client certificate. Name it with --cert and --key.',
};
