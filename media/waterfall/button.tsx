import { Icon, type IconName } from './icons.tsx';

export interface IconButtonProps {
  readonly icon: IconName;
  /** Spoken, and shown as the hover. */
  readonly label: string;
  readonly onClick: () => void;
  /** Defined: a button that stays pressed. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly tabIndex?: number;
}

export function IconButton(props: IconButtonProps) {
  const { icon, label, onClick, pressed, disabled, tabIndex } = props;
  return (
    <button
      type="button"
      class="icon-button"
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      disabled={disabled ?? false}
      {...(tabIndex !== undefined && { tabIndex })}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}
