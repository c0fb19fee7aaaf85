import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { maskName } from '#domain/identity/masking.ts';
import { encodeCardText } from '#drivers/simulator/card-text.ts';
import { residentCardOf } from '#drivers/simulator/people.ts';
import { nameWithLineBreaks } from '#i18n/line-breaks.ts';
import { decodeEnrolment, encodeEnrolment } from '#protocol/enrolment.ts';
import { identifyHolder } from '#registry/adjudication/identify-holder.ts';
import { sampleEnrolment } from '../../../protocol/sample.ts';
import { cardOf, openHall } from './hall.ts';

/**
 * Private-use code points stand on cards for ideographs that registers knew before Unicode did. No font here draws
 * them; whoever compares the name with the register needs them as they are.
 */
describe.each([
  ['of the private-use area', '李\ue863\uf8ff'],
  ['of the private-use planes', '\u{f0021}李\u{10fffd}'],
  ['of planes 2 and 3', '陈\u{20087}\u{30edd}'],
  ['that normalising would turn into others', '郎\uf92c\u{2f81a}'],
])('a name with characters %s', (_, name) => {
  it('goes from the card to the screen, into the enrolment and to the registry as it is', async () => {
    const hall = openHall();
    await hall.goTo('card');
    const written = { ...residentCardOf(cardOf('lin').person), name };
    hall.drivers.lay({ text: encodeCardText(written), photo: new Uint8Array(randomBytes(1024)) });
    await hall.goTo('review');
    const shown = JSON.parse(JSON.stringify(hall.screen('review').review)) as { readonly name: string };
    expect(nameWithLineBreaks(shown.name)).toBe(name);

    await hall.goTo('deciding');
    const [contents] = hall.desk.saved;
    if (contents === undefined) throw new Error('nothing was saved');
    const { holder } = contents;
    const sample = sampleEnrolment({ frames: 8, jpegBytes: 100 });
    const arrived = decodeEnrolment(encodeEnrolment({ ...sample, holder }));
    if (!arrived.ok) throw new Error(`the enrolment does not read back: ${arrived.error.where}`);
    expect(identifyHolder(arrived.value.holder)).toEqual({ source: 'card', card: written, claimed: written });
  });

  it('is masked by whole characters', () => {
    expect(maskName(name)).toBe(`${String.fromCodePoint(name.codePointAt(0) ?? 0)}**`);
  });
});
