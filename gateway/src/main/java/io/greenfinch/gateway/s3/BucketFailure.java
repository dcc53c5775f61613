package io.greenfinch.gateway.s3;

import io.greenfinch.gateway.store.FileServiceException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Why a store did not do it. Words of ours beside the store's own code, which operators can search for: messages of client and
 * store may hold names of files, and those are secrets.
 */
final class BucketFailure {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,64}");

    private static final Set<String> ELSEWHERE = Set.of(
            "PermanentRedirect",
            "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException",
            "TemporaryRedirect");

    private static final int DEEPEST = 10;
    private static final int REDIRECTED = 301;
    private static final int FORBIDDEN = 403;

    private BucketFailure() {}

    static FileServiceException of(SdkException failure) {
        return failure instanceof AwsServiceException answered ? refused(answered) : unanswered(failure);
    }

    /** The store's own code; empty where it gave none. */
    static String code(AwsServiceException answered) {
        AwsErrorDetails details = answered.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code != null && CODE.matcher(code).matches() ? code : "";
    }

    private static FileServiceException refused(AwsServiceException answered) {
        String code = code(answered);
        int status = answered.statusCode();
        String told = " (" + (code.isEmpty() ? "" : code + ", ") + "status " + status + ")";
        if (status == REDIRECTED || ELSEWHERE.contains(code)) {
            return FileServiceException.lasting("it is in another region" + told);
        }
        return switch (code) {
            case "NoSuchBucket", "InvalidBucketName" -> FileServiceException.lasting("there is no such bucket" + told);
            case "InvalidAccessKeyId" -> FileServiceException.lasting("the access key is not known there" + told);
            case "SignatureDoesNotMatch" ->
                FileServiceException.lasting("the secret key is not that of the access key" + told);
            case "RequestTimeTooSkewed" ->
                FileServiceException.lasting("the clock of this machine, or its own, is wrong" + told);
            default ->
                status == FORBIDDEN
                        ? FileServiceException.lasting("the access key does not allow it" + told)
                        : FileServiceException.passing("it did not do it" + told);
        };
    }

    private static FileServiceException unanswered(SdkException failure) {
        if (failure instanceof ApiCallTimeoutException || failure instanceof ApiCallAttemptTimeoutException) {
            return FileServiceException.passing("it did not answer in time");
        }
        if (failure instanceof AbortedException) {
            return FileServiceException.passing("the gateway stops");
        }
        Throwable cause = failure;
        for (int i = 0; i < DEEPEST && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        return FileServiceException.passing(
                switch (cause) {
                    case UnknownHostException _ -> "its name can't be resolved";
                    case SocketTimeoutException _ -> "it did not answer in time";
                    case SSLException _ -> "its TLS is not trusted, or none";
                    default ->
                        "no connection can be made, or it was cut ("
                                + cause.getClass().getSimpleName() + ")";
                });
    }
}
