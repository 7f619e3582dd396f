/** Small pictures beside words; never the only carrier of a meaning, so hidden from screen readers. */
import type { ComponentChildren } from "preact";

function Icon({ size = 16, children }: { size?: number | undefined; children: ComponentChildren }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.6"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {children}
    </svg>
  );
}

type Props = { size?: number };

export const CloseIcon = ({ size }: Props) => (
  <Icon size={size}>
    <path d="M4 4l8 8M12 4l-8 8" />
  </Icon>
);

/** The mark of Draftguard: a shield with a line of text. */
export const ShieldIcon = ({ size }: Props) => (
  <Icon size={size}>
    <path d="M8 1.6l5.4 2v4c0 3.4-2.2 5.8-5.4 6.9C4.8 13.4 2.6 11 2.6 7.6v-4z" />
    <path d="M5.4 6.4h5.2M5.4 9h3.2" />
  </Icon>
);

/** High: an octagon with an exclamation mark. */
export const HighIcon = ({ size }: Props) => (
  <Icon size={size}>
    <path d="M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3z" />
    <path d="M8 4.8v3.8M8 11v.1" />
  </Icon>
);

/** Medium: a triangle. */
export const MediumIcon = ({ size }: Props) => (
  <Icon size={size}>
    <path d="M8 2.2l6.2 11H1.8z" />
    <path d="M8 6.4v3.2M8 11.4v.1" />
  </Icon>
);

/** Low: a circle with an i. */
export const LowIcon = ({ size }: Props) => (
  <Icon size={size}>
    <circle cx="8" cy="8" r="6.2" />
    <path d="M8 7.4v3.6M8 5v.1" />
  </Icon>
);

export const CheckIcon = ({ size }: Props) => (
  <Icon size={size}>
    <circle cx="8" cy="8" r="6.2" />
    <path d="M5.2 8.2l2 2 3.6-4.2" />
  </Icon>
);

export const ArrowIcon = ({ size }: Props) => (
  <Icon size={size}>
    <path d="M3 8h9.4M9 4.4L12.6 8 9 11.6" />
  </Icon>
);

export const PauseIcon = ({ size }: Props) => (
  <Icon size={size}>
    <circle cx="8" cy="8" r="6.2" />
    <path d="M6.4 5.8v4.4M9.6 5.8v4.4" />
  </Icon>
);
