/**
 * The dashboard as people use it: Debian's Chromium, driven by Playwright, on a {@code dev --sample} of its own.
 *
 * <p>{@link io.tidemark.dev.browser.Stage} is what all tests share, {@link io.tidemark.dev.browser.Tab} a tab that complains about whatever a
 * user's console would show. {@code DashboardIT} is one class, so that process and browser are started once; its tests are in one interface
 * for each view. {@code ScreenshotsIT} makes pictures where it is asked to.
 */
@NullMarked
package io.tidemark.dev.browser;

import org.jspecify.annotations.NullMarked;
