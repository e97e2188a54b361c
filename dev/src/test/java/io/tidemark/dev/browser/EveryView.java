package io.tidemark.dev.browser;

import static io.tidemark.dev.browser.Tab.shows;

import java.util.List;

/** A view, where it is, and what is there once it is drawn. */
record EveryView(String name, String address, String drawn) {

    /** Of the day that is the tests' own, so that none is empty. */
    static List<EveryView> of(OwnDay day) throws Exception {
        String asked = "?" + day.asked();
        String link = day.link(OwnDay.customer(7));
        return List.of(
                new EveryView("overview", "overview" + asked, "tbody td a[data-key]"),
                new EveryView("overview-found", "overview" + asked + "&q=baker", "tbody td a"),
                new EveryView("overview-empty", "overview?period=2001-01-01&tz=UTC", ".empty pre"),
                new EveryView(
                        "customer", "customer/" + OwnDay.customer(7) + asked, "[aria-label='Usage by meter'] tbody tr"),
                new EveryView("events-live", "events/live" + asked, "tbody tr"),
                new EveryView(
                        "events-why",
                        "events/why" + asked + "&event=browser-1&customer=" + OwnDay.customer(0),
                        "#fate-title"),
                new EveryView("events-rejected", "events/rejected" + asked + "&state=all", "section .scroll > *"),
                new EveryView("operations", "operations" + asked, "tbody .badge"),
                new EveryView("keys", "keys" + asked, "section .scroll > :not(.skeleton)"),
                new EveryView("shared", "shared/" + link + asked, "[aria-label='Usage by meter'] tbody tr"),
                new EveryView("shared-ended", "shared" + asked, "#ended"));
    }

    void showIn(Tab tab) {
        tab.open(address);
        shows(tab.at(drawn).first()).isVisible();
        shows(tab.at(".skeleton, progress.load")).hasCount(0);
    }
}
