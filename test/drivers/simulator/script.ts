import type { FaultScript } from '#drivers/simulator/fault-script.ts';
import { parseFaultScript } from '#drivers/simulator/fault-script.ts';

/** A fault script that a test knows to be right. */
export function script(text: string): FaultScript {
  const parsed = parseFaultScript(text);
  if (!parsed.ok) throw new Error(`line ${parsed.error.line}: ${parsed.error.reason}`);
  return parsed.value;
}
