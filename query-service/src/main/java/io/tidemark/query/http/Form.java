package io.tidemark.query.http;

import io.javalin.http.Context;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.QuotedCSV;

/** In which form an answer is wanted, where there are two. */
public enum Form {
    JSON("application", "json"),
    CSV("text", "csv");

    /** Says it before the header {@code Accept} does: a link in a browser cannot set a header. */
    public static final String PARAMETER = "format";

    /** The header that says it where the parameter does not. */
    static final String HEADER = "Accept";

    private static final Pattern WEIGHT = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");
    private static final int MOST = 1000;

    private final String type;
    private final String subtype;

    Form(String type, String subtype) {
        this.type = type;
        this.subtype = subtype;
    }

    /**
     * That of a request: what the parameter names, else what {@code Accept} weighs highest (RFC 9110, 12.5.1), JSON where it does not say. What asks
     * for neither gets JSON, as who does not ask.
     */
    public static Form wanted(Context context, Parameters parameters, Faults faults) {
        Optional<String> named = parameters.text(PARAMETER);
        if (named.isPresent()) {
            return named(named.get(), faults);
        }
        List<String> ranges =
                new QuotedCSV(true, RequestHead.values(context, HEADER).toArray(new String[0])).getValues();
        return CSV.weight(ranges) > JSON.weight(ranges) ? CSV : JSON;
    }

    private static Form named(String name, Faults faults) {
        for (Form form : values()) {
            if (form.subtype.equals(name)) {
                return form;
            }
        }
        faults.add(PARAMETER, "must be json or csv");
        return JSON;
    }

    /** In thousandths, by the range that fits best; 0 where none does. */
    private int weight(List<String> ranges) {
        int best = -1;
        int weight = 0;
        for (String range : ranges) {
            var parameters = new HashMap<String, String>();
            String media = HttpField.getValueParameters(range, parameters).toLowerCase(Locale.ROOT);
            int fit = fit(media);
            int given = given(parameters);
            if (given >= 0 && (fit > best || (fit == best && fit >= 0 && given > weight))) {
                best = fit;
                weight = given;
            }
        }
        return weight;
    }

    /** How closely a range names it; -1 where it does not. */
    private int fit(String range) {
        if (range.equals(type + "/" + subtype)) {
            return 2;
        }
        return range.equals(type + "/*") ? 1 : range.equals("*/*") ? 0 : -1;
    }

    /** -1 where it is no weight. */
    private static int given(Map<String, String> parameters) {
        String text = parameters.entrySet().stream()
                .filter(parameter -> parameter.getKey().equalsIgnoreCase("q"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("1");
        if (!WEIGHT.matcher(text).matches()) {
            return -1;
        }
        String thousandths = text.length() < 2 ? "" : text.substring(2);
        return text.charAt(0) == '1' ? MOST : Integer.parseInt((thousandths + "000").substring(0, 3));
    }
}
