import type { SealedPassword } from '#domain/enrolment/enrolment.ts';
import { assertNever } from '#domain/result.ts';
import { type Codec, mapped } from '../codec/codec.ts';
import { field, record } from '../codec/containers.ts';
import { bytesUpTo, choice } from '../codec/scalars.ts';

interface WirePassword {
  readonly kind: SealedPassword['kind'];
  readonly sealed: Uint8Array;
}

const wirePassword = record<WirePassword>('sealed password', {
  kind: field(1, choice(['chosen', 'proof']), 'a verifier to keep, or what was typed to be compared'),
  sealed: field(2, bytesUpTo(400), 'to the credential key'),
});

export const sealedPasswordCodec: Codec<SealedPassword> = mapped(wirePassword, {
  write: (password: SealedPassword): WirePassword => {
    switch (password.kind) {
      case 'chosen':
        return { kind: 'chosen', sealed: password.verifier };
      case 'proof':
        return { kind: 'proof', sealed: password.sealed };
      default:
        return assertNever(password);
    }
  },
  read: ({ kind, sealed }): SealedPassword => {
    switch (kind) {
      case 'chosen':
        return { kind, verifier: sealed };
      case 'proof':
        return { kind, sealed };
      default:
        return assertNever(kind);
    }
  },
});
