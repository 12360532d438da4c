package soloist;

import java.time.InstantSource;
import soloist.config.Config;
import soloist.job.Jobs;
import soloist.lane.Journal;
import soloist.lane.Publications;
import soloist.plugin.PluginHost;
import soloist.profile.Refolds;
import soloist.store.Definitions;
import soloist.store.Store;

/** What every capability stands on, made once for a server. */
record Ground(
    Config config,
    InstantSource clock,
    Store store,
    Definitions definitions,
    PluginHost plugins,
    Journal journal,
    Publications publications,
    Refolds refolds,
    Jobs jobs,
    Names names) {}
