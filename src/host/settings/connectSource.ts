import { isSourceError } from '../../core/base/sourceError.ts';
import type { SettingReader } from '../../core/base/setting.ts';
import { message } from '../../core/base/message.ts';
import type { EditorSource, SourceSettings, SourceValues } from '../../sources/registry.ts';
import type { Discovery, NetworkSettings, Question } from '../../sources/sourceDescriptor.ts';
import type { SourceSecrets } from './sourceSecrets.ts';

/** What the dialogue shows, asks and writes. */
export interface Dialogue {
  readonly setting: SettingReader<SourceValues>;
  readonly secrets: SourceSecrets;
  readonly network: NetworkSettings;
  /** @returns undefined when it was closed */
  ask(question: Question): Promise<string | undefined>;
  /** @returns the index of the choice; undefined when it was closed */
  pick(title: string, labels: readonly string[]): Promise<number | undefined>;
  /** @returns the action that was chosen */
  complain(text: string, ...actions: readonly string[]): Promise<string | undefined>;
  /** With a way to the settings. */
  inform(text: string): void;
  /** While it lasts, `title` is shown with a way to cancel. */
  discover(title: string, settings: SourceSettings): Promise<Discovery<SourceValues>>;
  write(values: Partial<SourceValues>): Promise<void>;
  openSettings(): Promise<void>;
}

type Editor = EditorSource['editor'];

/**
 * Asks for the address of a source and, where it `discovers`, asks its server for the rest: who may read it
 * only if it wants to know, what to choose only if there are several. Says what was found, and keeps all of
 * it once it works.
 * @returns false when a question was closed. @throws AbortError it was cancelled
 */
export async function connectSource(editor: Editor, dialogue: Dialogue): Promise<boolean> {
  const answers = new Answers(editor, dialogue);
  if (!(await answers.askAddress())) return false;
  if (!editor.discovers) {
    await answers.keep();
    return true;
  }
  for (;;) {
    const found = await answers.discover();
    if (found === 'closed') return false;
    if (found === 'again') continue;
    if (found.kind === 'found') {
      answers.take(found.settings);
      await answers.keep();
      dialogue.inform(found.said);
      return true;
    }
    const index = await dialogue.pick(
      found.title,
      found.choices.map(({ label }) => label),
    );
    const choice = index === undefined ? undefined : found.choices[index];
    if (!choice) return false;
    answers.take(choice.settings);
  }
}

/** What was answered so far, over what is set. */
class Answers {
  readonly #editor: Editor;
  readonly #dialogue: Dialogue;
  #values: Partial<SourceValues> = {};
  #secret: { readonly name: string; readonly value: string } | undefined;

  constructor(editor: Editor, dialogue: Dialogue) {
    this.#editor = editor;
    this.#dialogue = dialogue;
  }

  readonly #setting: SettingReader<SourceValues> = (id) =>
    this.#values[id] ?? this.#dialogue.setting(id);

  take(values: Partial<SourceValues>): void {
    this.#values = { ...this.#values, ...values };
  }

  /** @returns false when it was closed */
  async askAddress(): Promise<boolean> {
    const { address, discovers } = this.#editor;
    if (!address) return true;
    const answer = await this.#dialogue.ask(address.question(this.#setting));
    if (answer === undefined) return false;
    const values = address.settings(answer);
    if (discovers && !this.#isSet(values)) this.take(discovers.undiscovered);
    this.take(values);
    return true;
  }

  /** `closed`: the user leaves it at that; `again`: with other answers. */
  async discover(): Promise<Discovery<SourceValues> | 'closed' | 'again'> {
    const { place, label, read } = this.#editor;
    const title = message('Connecting to {0} at {1}…', label(), place(this.#setting));
    const secrets = await this.#secrets();
    try {
      const { network } = this.#dialogue;
      const settings = read({ setting: this.#setting, secrets, databasePath: '', network });
      return await this.#dialogue.discover(title, settings);
    } catch (error) {
      if (!isSourceError(error)) throw error;
      const isFirst = Object.keys(secrets).length === 0;
      if (error.code === 'unauthorized' && isFirst) return this.#askSecret();
      return this.#offer(error.message, error.code === 'unauthorized');
    }
  }

  /** Writes the settings that differ, and the secret. */
  async keep(): Promise<void> {
    const { secret } = this.#editor;
    const boundTo = secret?.boundTo(this.#setting);
    if (secret && this.#secret && boundTo !== undefined) {
      const { name, value } = this.#secret;
      await this.#dialogue.secrets.set(secret.storedAs, boundTo, name, value);
    }
    await this.#dialogue.write(this.#values);
  }

  async #secrets(): Promise<Readonly<Record<string, string>>> {
    const { secret } = this.#editor;
    const boundTo = secret?.boundTo(this.#setting);
    if (!secret || boundTo === undefined) return {};
    if (this.#secret) return { [this.#secret.name]: this.#secret.value };
    return this.#dialogue.secrets.read(secret.storedAs, boundTo);
  }

  async #askSecret(): Promise<'closed' | 'again'> {
    const { secret } = this.#editor;
    const boundTo = secret?.boundTo(this.#setting);
    if (!secret || boundTo === undefined) return 'closed';
    const name = await this.#dialogue.ask(secret.name(boundTo, this.#setting));
    if (name === undefined) return 'closed';
    const value = await this.#dialogue.ask(secret.value(boundTo, name));
    if (value === undefined) return 'closed';
    this.#secret = { name: name.trim(), value };
    this.take(secret.settings?.(name) ?? {});
    return 'again';
  }

  async #offer(sentence: string, isRefused: boolean): Promise<'closed' | 'again'> {
    const tryAgain = message('Try Again');
    const change = message('Change Address');
    const settings = message('Open Settings');
    const chosen = await this.#dialogue.complain(sentence, tryAgain, change, settings);
    if (chosen === tryAgain) return isRefused ? this.#askSecret() : 'again';
    if (chosen === change) return (await this.askAddress()) ? 'again' : 'closed';
    if (chosen !== settings) return 'closed';
    // What was answered isn't asked again once the settings are right.
    await this.keep();
    await this.#dialogue.openSettings();
    return 'closed';
  }

  #isSet(values: Partial<SourceValues>): boolean {
    const now = Object.keys(values).map((id) => this.#setting(id as keyof SourceValues));
    return JSON.stringify(now) === JSON.stringify(Object.values(values));
  }
}
