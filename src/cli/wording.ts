import type { MessageBundle } from '../core/base/message.ts';

/** Sentences that name the next step, for who has no editor: its commands and settings are options here. */
export const wording: MessageBundle = {
  '{0} refuses access (HTTP {1}). Set the header it asks for with "Spanhop: Set Jaeger Header…".':
    "{0} refuses access (HTTP {1}). Give it the header it asks for: --header 'Authorization: …'.",
  '{0} did not answer within {1} s. Check that Jaeger is well, ask for less (a shorter window), or raise the timeout in the settings.':
    '{0} did not answer within {1} s. Check that Jaeger is well, ask for less (a shorter --window), or give it longer by --timeout.',
  '{0} answered with more than {1} MB. Ask for fewer traces or a shorter window, or raise the limit in the settings.':
    '{0} answered with more than {1} MB. Ask for a shorter --window.',
  'Set in spanhop.services.': 'Set by --service.',
  "{0}, set in spanhop.services, isn't a package folder in the workspace.":
    '--service names {0}, which is not the folder of a package here.',
  'Several folders match service {0}: {1}. Choose one.':
    'Several folders say they are {0}: {1}; --service can choose.',
  'No folder found for service {0}. Choose one.':
    'No folder of the workspace names {0}, and its routes do not tell; --service can.',
  'Choose the folder of the service, or open the folder that has its code.':
    'Name the folder of the service by --service, or by --dir the folder that has its code.',
  'Open the folder that has the file; spanhop.pathMappings says which folder here is which there.':
    'Name the folder that has the file by --dir; --path-mapping says which folder here is which there.',
  'Only {0} of {1} services were asked. Choose a service.': 'Only {0} of {1} services were asked.',
};
