package soloist.delivery;

import java.time.InstantSource;
import soloist.bus.Bus;
import soloist.content.Renderer;
import soloist.content.Templates;
import soloist.privacy.Suppressions;
import soloist.security.Links;
import soloist.store.Store;

/** What every channel needs to deliver. */
public record Means(
    Store store,
    Templates templates,
    Renderer renderer,
    Links links,
    Suppressions suppressions,
    Gates gates,
    SendingHold hold,
    PublicUrl publicUrl,
    InstantSource clock,
    Bus bus,
    DeliveryPolicy policy,
    DeliveryPoint.Observer observer) {}
