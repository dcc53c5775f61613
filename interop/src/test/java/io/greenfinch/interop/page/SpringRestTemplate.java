package io.greenfinch.interop.page;

import java.net.URI;
import java.util.Objects;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestTemplate;

/** Spring's RestTemplate. */
final class SpringRestTemplate {
    Answer post(URI url, String groupId) {
        var restTemplate = new RestTemplate();
        var headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        var jsonBody = "{\"groupId\": \"%s\"}".formatted(groupId);
        var requestEntity = new HttpEntity<>(jsonBody, headers);
        ResponseEntity<String> response =
                restTemplate.exchange(url.toString(), HttpMethod.POST, requestEntity, String.class);
        return new Answer(response.getStatusCode().value(), Objects.requireNonNull(response.getBody()));
    }
}
