import type { JSX } from 'preact';
import { useConsole } from '../context.ts';
import { ClockPanel, IdentityPanel, LinkPanel, RulePanel } from './state-panels.tsx';

export function NetworkPage(): JSX.Element | null {
  const { station } = useConsole();
  const repair = station.repair.value;
  if (repair === null) return null;
  return (
    <div class="grid">
      <LinkPanel link={repair.link} />
      <ClockPanel clock={repair.clock} />
      <RulePanel rule={repair.rule} />
      <IdentityPanel repair={repair} />
    </div>
  );
}
