// How far a claim has come, as a row of steps: from this phone through the check to points that were spent.
import type { IconName } from '../../components/icons';
import type { ClaimStage } from '../../lib/generated/ClaimStage';
import { t } from '../../lib/l10n.svelte';

/** One step; `at` says on which side of now it lies. */
export interface Step {
  id: ClaimStage;
  icon: IconName;
  label: string;
  at: 'done' | 'now' | 'ahead';
}

const icons = {
  queued: 'phone', sent: 'send', checking: 'search', approved: 'check', rejected: 'wrong', credited: 'wallet', paid: 'gift',
} as const satisfies Record<ClaimStage, IconName>;

const usual: readonly ClaimStage[] = ['queued', 'sent', 'checking', 'approved', 'credited', 'paid'];
const refused: readonly ClaimStage[] = ['queued', 'sent', 'checking', 'rejected'];

/** The word of a stage. */
export function stageWords(stage: ClaimStage): string {
  return t(`phone-stage-${stage}`);
}

/** The steps of a claim that stands at `stage`. A refused claim has no way beyond the refusal. */
export function stepsOf(stage: ClaimStage): Step[] {
  const path = stage === 'rejected' ? refused : usual;
  const now = path.indexOf(stage);
  return path.map((id, index) => ({ id, icon: icons[id], label: stageWords(id), at: index < now ? 'done' : index === now ? 'now' : 'ahead' }));
}
