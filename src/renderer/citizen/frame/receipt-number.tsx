import type { JSX } from 'preact';
import { readingGroups } from '#domain/enrolment/reading-groups.ts';

/** A receipt's number on one line, in two halves of four groups, so that the eye keeps its place when reading it out. */
export function ReceiptNumber(props: { readonly packetId: string }): JSX.Element {
  const groups = readingGroups(props.packetId);
  const half = groups.length / 2;
  return (
    <p class="receipt-number" data-packet={props.packetId}>
      {[groups.slice(0, half), groups.slice(half)].map((part, index) => (
        <span key={index === 0 ? 'first' : 'second'} class="receipt-number__half">
          {part.join(' ')}
        </span>
      ))}
    </p>
  );
}
