// The phone's screens, per person of the demo.
import { part, ready, visit } from './page.mjs';

const sizes = [{ width: 390, height: 844 }, { width: 360, height: 640 }];

async function places(page, shoot, names) {
  for (const name of names) {
    await visit(page, `#${name}`);
    await shoot(name);
  }
}

async function seller(page, shoot) {
  await places(page, shoot, ['home', 'activity', 'scan', 'receipt', 'shop', 'me']);
  await visit(page, '#activity');
  if (await part(page, 'activity-row').count()) {
    await part(page, 'activity-row').click();
    await page.waitForTimeout(300);
    await shoot('detail');
    await page.keyboard.press('Escape');
  }
  await visit(page, '#home');
  if (await part(page, 'campaign-card').count()) {
    await part(page, 'campaign-card').click();
    await page.waitForTimeout(300);
    await shoot('campaign');
    if (await part(page, 'lesson-open').count()) {
      await part(page, 'lesson-open').click();
      await page.waitForTimeout(300);
      await shoot('lesson');
    }
  }
}

async function merchandiser(page, shoot) {
  await places(page, shoot, ['today', 'activity', 'me']);
  await visit(page, '#today');
  await part(page, 'stop-row').click();
  await page.waitForTimeout(300);
  await shoot('visit');
}

/** A member's screens, with a voucher that is wished for but not made. */
async function buyer(page, shoot) {
  await places(page, shoot, ['code', 'shop', 'activity', 'me', 'vouchers', 'answer', 'leave']);
  await visit(page, '#voucher');
  if (await part(page, 'voucher-points').count()) await part(page, 'voucher-points').fill('100');
  await shoot('voucher');
}

const walks = {
  seller,
  merchandiser,
  buyer,
  owner: (page, shoot) => places(page, shoot, ['home', 'activity', 'me']),
};

/** Scenes of each phone. */
export function phoneScenes(stage) {
  return stage.phones.map((phone) => ({
    name: `phone-${phone.who}`,
    url: phone.url,
    sizes,
    walk: async (page, shoot) => {
      await ready(page);
      await (walks[phone.role] ?? seller)(page, shoot);
    },
  }));
}
