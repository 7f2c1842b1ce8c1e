import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { audit, Database, lockLiving } from '@scheduling/persistence';
import { usableTemplate } from './link-template.policy.ts';
import { findSettings, keepSettings, type Settings } from './settings.store.ts';
import { LinkTemplateNotUsable, VideoNotConfigured } from './video.errors.ts';
import { ZoomClient } from './zoom-client.ts';

@Injectable()
export class SettingsService {
  constructor(
    private readonly db: Database,
    private readonly zoom: ZoomClient,
  ) {}

  /** What a person chose. */
  find(id: PersonId): Promise<Settings> {
    return this.db.transaction((tx) => findSettings(tx, id));
  }

  /** Changes what is given, for lessons that are confirmed from now on; another place than a link forgets the template. */
  change(id: PersonId, wish: Partial<Settings>): Promise<Settings> {
    if (wish.video === 'zoom' && !this.zoom.isOn) throw new VideoNotConfigured('zoom');
    return this.db.transaction(async (tx) => {
      await lockLiving(tx, id);
      const known = await findSettings(tx, id);
      const { onMoved = known.onMoved, video = known.video } = wish;
      if (wish.linkTemplate && video !== 'link') throw new LinkTemplateNotUsable('only_with_link');
      const template = wish.linkTemplate === undefined ? known.linkTemplate : wish.linkTemplate;
      const linkTemplate = video === 'link' && template ? usableTemplate(template) : null;
      const settings = { onMoved, video, linkTemplate };
      await keepSettings(tx, id, settings);
      audit(tx, { action: 'CalendarSettingsChanged', subject: ['person', id] });
      return settings;
    });
  }
}
