package soloist.imports;

import static soloist.imports.Tally.Count;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import soloist.ingest.EventInput;
import soloist.ingest.Ingest;
import soloist.job.Jobs;
import soloist.spi.Connector;
import soloist.spi.Fetched;
import soloist.store.Values;

/**
 * Takes the records of one file: events, products and refused rows first, then how far it is. So
 * whatever is done twice after a crash is found to be done already.
 */
final class Run implements Connector.Sink {
  private static final int BATCH = 2_000;
  private static final long BATCH_BYTES = 8L << 20;
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final Import file;
  private final Import.Order order;
  private final Translation translation;
  private final Ingest ingest;
  private final Vouching vouching;
  private final ImportStore store;
  private final Products goods;
  private final Rejects rejects;
  private final Jobs.Progress progress;
  private final Tally tally;
  private final List<Told> batch = new ArrayList<>();
  private long bytes;
  private String cursor;
  private long done;
  private long total;

  Run(
      Import file,
      Import.Order order,
      Ingest ingest,
      Vouching vouching,
      ImportStore store,
      Products goods,
      Rejects rejects,
      Jobs.Progress progress) {
    this.file = file;
    this.order = order;
    this.ingest = ingest;
    this.vouching = vouching;
    this.store = store;
    this.goods = goods;
    this.rejects = rejects;
    this.progress = progress;
    translation = Translation.of(file, order.reading());
    tally = file.state().tally();
    cursor = file.state().cursor();
  }

  @Override
  public boolean accept(Fetched record, String after) {
    Told told = translation.tell(record);
    batch.add(told);
    bytes += told instanceof Told.Event event ? Values.heapBytes(event.input().properties()) : 0;
    cursor = after;
    if (batch.size() >= BATCH || bytes >= BATCH_BYTES) {
      flush();
    }
    return goesOn();
  }

  @Override
  public boolean progress(long nowDone, long nowTotal) {
    done = nowDone;
    total = nowTotal;
    return goesOn();
  }

  Tally tally() {
    return tally;
  }

  boolean goesOn() {
    return progress.at(file.name(), done, total);
  }

  /** Makes durable what has been taken, then the place after it. */
  void flush() {
    if (batch.isEmpty()) {
      return;
    }
    List<Told.Event> events = new ArrayList<>();
    List<Fetched.Product> products = new ArrayList<>();
    List<Reject> refused = new ArrayList<>();
    for (Told told : batch) {
      switch (told) {
        case Told.Event event -> {
          events.add(event);
          tally.add(Count.LINES_LEFT_OUT, event.leftOut());
        }
        case Told.Goods goods -> products.add(goods.product());
        case Told.Ownerless _ -> tally.add(Count.OWNERLESS, 1);
        case Told.Refused(Reject reject) -> refused.add(reject);
      }
    }
    tally.add(Count.RECORDS, batch.size());
    tally.add(Count.REJECTED, refused.size());
    tally.add(Count.PRODUCTS, products.size());
    take(events);
    goods.keep(products, file);
    rejects.add(refused);
    store.reached(file.id(), new Import.State(cursor, tally, rejects.length()));
    batch.clear();
    bytes = 0;
  }

  private void take(List<Told.Event> events) {
    while (order.startsCampaigns() && ingest.isBusy() && goesOn()) {
      LockSupport.parkNanos(PATIENCE.toNanos());
    }
    Count kind =
        switch (order.reading().mapping().kind()) {
          case CUSTOMERS -> Count.CUSTOMERS;
          case ORDERS -> Count.ORDERS;
          case PRODUCTS -> Count.PRODUCTS;
        };
    List<Ingest.Taken> taken = accept(events.stream().map(Told.Event::input).toList());
    for (Ingest.Taken each : taken) {
      tally.add(each.fresh() ? kind : Count.DUPLICATES, 1);
    }
    ConsentAnswer answer = order.consent();
    if (answer != null) {
      List<Told.Event> willing = vouching.without(events, taken);
      tally.add(Count.KEPT, events.size() - willing.size());
      tally.add(Count.CONSENTS, willing.size());
      accept(willing.stream().map(event -> translation.consent(event, answer)).toList());
    }
  }

  private List<Ingest.Taken> accept(List<EventInput> events) {
    return ingest.acceptAll(events, file.origin(), !order.startsCampaigns());
  }
}
