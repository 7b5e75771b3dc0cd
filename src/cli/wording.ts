import type { MessageBundle } from '../core/base/message.ts';

/** Next steps where there is no editor: its commands and settings are options here. */
export const wording: MessageBundle = {
  '{0} denied access (HTTP {1}). Run "Spanhop: Set {2} Header…" to set the header it requires.':
    "{0} denied access (HTTP {1}). Set the header it requires with --header 'Authorization: …'.",
  "{0} didn't respond within {1} s. Check {2}, shorten the time range, or increase the request timeout in Settings.":
    "{0} didn't respond within {1} s. Check {2}, shorten --window, or increase --timeout.",
  'The response from {0} is larger than {1} MB. Shorten the time range, reduce the number of traces, or increase the maximum response size in Settings.':
    'The response from {0} is larger than {1} MB. Shorten --window.',
  'Set in spanhop.services.': 'Set with --service.',
  "{0}, set in spanhop.services, isn't a package folder in the workspace.":
    "{0}, set with --service, isn't a package folder in the workspace.",
  'Several folders match service {0}: {1}. Choose one.':
    'Several folders match service {0}: {1}. Choose one with --service.',
  'No folder found for service {0}. Choose one.':
    'No folder found for service {0}. Choose one with --service.',
  "Choose the service's folder, or open the folder with its code.":
    "Use --service for the service's folder, or --dir for the folder with its code.",
  'Open the folder with the file, or map it with spanhop.pathMappings.':
    'Use --dir for the folder with the file, or map it with --path-mapping.',
  'Only {0} of {1} services were queried. Select a service.':
    'Only {0} of {1} services were queried.',
};
