package io.greenfinch.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.greenfinch.gateway.Gateway;
import io.greenfinch.gateway.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let into the console, and what they may. */
class ConsoleDoorIT {

    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestGateway gateway;
    private Gateway.NewInstance own;
    private Gateway.NewInstance other;

    @BeforeEach
    void start() {
        gateway = TestGateway.start(folder);
        own = gateway.gateway().createInstance("own");
        other = gateway.gateway().createInstance("other");
    }

    @AfterEach
    void stop() {
        gateway.close();
        http.close();
    }

    @Test
    void nobodySeesAnythingWithoutAToken() throws Exception {
        assertThat(get("", "").body()).contains("name=\"token\"");
        for (String path :
                new String[] {"/instances", "/node", "/instances/" + own.id(), "/instances/" + own.id() + "/token"}) {
            HttpResponse<String> answer = get(path, "");
            assertThat(answer.statusCode()).isEqualTo(303);
            assertThat(answer.headers().firstValue("location")).hasValue("/console");
            assertThat(get(path, "made-up").statusCode()).isEqualTo(303);
        }
        HttpResponse<String> wrong = post("/login", "", "token=gac.wrong");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("not a token").doesNotContain("gac.wrong");
        assertThat(post("/instances", "", "name=mine").statusCode()).isEqualTo(303);
        assertThat(gateway.gateway().instances()).hasSize(2);
    }

    @Test
    void everyAnswerKeepsBrowsersFromMischief() throws Exception {
        for (HttpResponse<String> answer : List.of(get("", ""), get("/instances", ""))) {
            assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
            assertThat(answer.headers().firstValue("access-control-allow-origin"))
                    .isEmpty();
        }
        HttpResponse<String> in =
                post("/login", "", "token=" + gateway.gateway().partnerToken());
        assertThat(in.headers().firstValue("set-cookie").orElseThrow())
                .contains("; HttpOnly", "; SameSite=Strict", "; Path=/console");
    }

    @Test
    void whoHasTheTokenOfAnInstanceSeesOnlyThat() throws Exception {
        String cookie = cookie(post("/login", "", "idInstance=" + own.id() + "&token=" + own.token()));
        assertThat(get("/instances/" + own.id(), cookie).statusCode()).isEqualTo(200);
        for (String path :
                new String[] {"/instances", "/instances/rows", "/node", "/node/data", "/instances/" + other.id()}) {
            assertThat(get(path, cookie).statusCode()).as(path).isEqualTo(404);
        }
        String csrf = csrf(get("/instances/" + own.id(), cookie).body());
        assertThat(post("/instances/" + own.id() + "/delete", cookie, "confirm=" + own.id() + "&csrf=" + csrf)
                        .body())
                .contains("bad");
        assertThat(post("/instances/" + other.id() + "/delete", cookie, "confirm=" + other.id() + "&csrf=" + csrf)
                        .statusCode())
                .isEqualTo(404);
        assertThat(post("/node/backup", cookie, "csrf=" + csrf).statusCode()).isEqualTo(404);
        assertThat(gateway.gateway().instances()).hasSize(2);

        // Another token for the instance, and who came with the old one is out.
        gateway.get(TestGateway.path(own, "updateApiToken"));
        assertThat(get("/instances/" + own.id(), cookie).statusCode()).isEqualTo(303);
    }

    @Test
    void aChangeMustComeFromAPageOfOurs() throws Exception {
        String cookie = cookie(post("/login", "", "token=" + gateway.gateway().partnerToken()));
        String csrf = csrf(get("/instances", cookie).body());
        assertThat(post("/instances", cookie, "name=one").statusCode()).isEqualTo(403);
        assertThat(post("/instances", cookie, "name=one&csrf=wrong").statusCode())
                .isEqualTo(403);
        assertThat(post("/node/backup", cookie, "csrf=wrong").statusCode()).isEqualTo(403);
        assertThat(http.send(
                                request("/instances", cookie, "name=one&csrf=" + csrf)
                                        .header("Sec-Fetch-Site", "cross-site")
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.gateway().instances()).hasSize(2);
        assertThat(post("/instances", cookie, "name=one&csrf=" + csrf).statusCode())
                .isEqualTo(303);
        assertThat(gateway.gateway().instances()).hasSize(3);

        assertThat(post("/logout", cookie, "csrf=" + csrf).statusCode()).isEqualTo(303);
        assertThat(get("/instances", cookie).statusCode()).isEqualTo(303);
    }

    @Test
    void wrongTokensAreCountedAndTheRightOneIsLetIn() throws Exception {
        for (int i = 0; i < Login.GUESSES; i++) {
            assertThat(post("/login", "", "token=wrong" + i).statusCode()).isEqualTo(401);
        }
        assertThat(post("/login", "", "token=wrong").statusCode()).isEqualTo(429);
        assertThat(post("/login", "", "token=" + gateway.gateway().partnerToken())
                        .statusCode())
                .isEqualTo(303);
    }

    /** A link that somebody was sent must not log them in as somebody else. */
    @Test
    void nobodyIsLoggedInByALink() throws Exception {
        HttpResponse<String> answer = get("/login?idInstance=" + own.id() + "&token=" + own.token(), "");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
    }

    /** Without TLS, and not on this machine, browsers tell the origin of a form alone. */
    @Test
    void browsersThatTellOnlyTheOriginAreLetIn() throws Exception {
        String here = gateway.gateway().apiUrl().toString();
        String token = "token=" + gateway.gateway().partnerToken();
        assertThat(http.send(
                                request("/login", "", token)
                                        .header("Origin", here)
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .headers()
                        .firstValue("set-cookie"))
                .isPresent();
        assertThat(http.send(
                                request("/login", "", token)
                                        .header("Origin", "http://elsewhere.example")
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .headers()
                        .firstValue("set-cookie"))
                .isEmpty();
        assertThat(get("", "").headers().firstValue("referrer-policy"))
                .as("with no-referrer, forms would be sent with the origin null")
                .hasValue("same-origin");
    }

    @Test
    void whoReplacesTheirTokenStays() throws Exception {
        String cookie = cookie(post("/login", "", "idInstance=" + own.id() + "&token=" + own.token()));
        String csrf = csrf(get("/instances/" + own.id(), cookie).body());
        assertThat(post("/instances/" + own.id() + "/token", cookie, "csrf=" + csrf)
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/instances/" + own.id(), cookie).statusCode()).isEqualTo(200);
        assertThat(gateway.get(TestGateway.path(own, "getStateInstance")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void whatIsNoFormIsRefused() throws Exception {
        assertThat(http.send(
                                HttpRequest.newBuilder(URI.create(url("/login")))
                                        .header("Content-Type", "application/json")
                                        .POST(HttpRequest.BodyPublishers.ofString("{\"token\":\"x\"}"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/login", "", "token=" + "x".repeat(200_000)).statusCode())
                .isEqualTo(400);
        assertThat(post("/login", "", "token=%").statusCode()).isEqualTo(401);
        assertThat(get("/assets/1/../../master.key", "").statusCode()).isNotEqualTo(200);
        assertThat(get("/assets/1/master.key", "").statusCode()).isEqualTo(404);
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("set-cookie")
                .orElseThrow()
                .replaceFirst("^[^=]+=", "")
                .replaceFirst(";.*", "");
    }

    private static String csrf(String html) {
        Matcher found = CSRF.matcher(html);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private HttpResponse<String> get(String path, String cookie) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url(path)))
                        .header("Cookie", Console.COOKIE + "=" + cookie)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String cookie, String form)
            throws IOException, InterruptedException {
        return http.send(request(path, cookie, form).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String cookie, String form) {
        return HttpRequest.newBuilder(URI.create(url(path)))
                .header("Cookie", Console.COOKIE + "=" + cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    private String url(String path) {
        return gateway.gateway().apiUrl() + "/console" + path;
    }
}
