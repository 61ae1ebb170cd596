package io.millrace.local.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.io.IOException;
import java.util.Map;

/** Kubernetes' own types, which refuse unknown fields, wrong types and missing ones. */
final class KubernetesModels {

    private record Model(String apiVersion, Class<?> type, Validation validation) {}

    private interface Validation {
        void validate(JsonElement resource) throws IOException;
    }

    private static final Map<String, Model> BY_KIND = Map.of(
            "Deployment", new Model("apps/v1", V1Deployment.class, V1Deployment::validateJsonElement),
            "Service", new Model("v1", V1Service.class, V1Service::validateJsonElement),
            "ServiceAccount", new Model("v1", V1ServiceAccount.class, V1ServiceAccount::validateJsonElement),
            "Role", new Model("rbac.authorization.k8s.io/v1", V1Role.class, V1Role::validateJsonElement),
            "RoleBinding",
                    new Model("rbac.authorization.k8s.io/v1", V1RoleBinding.class, V1RoleBinding::validateJsonElement),
            "PersistentVolumeClaim",
                    new Model("v1", V1PersistentVolumeClaim.class, V1PersistentVolumeClaim::validateJsonElement),
            "PodDisruptionBudget",
                    new Model("policy/v1", V1PodDisruptionBudget.class, V1PodDisruptionBudget::validateJsonElement),
            "HorizontalPodAutoscaler",
                    new Model(
                            "autoscaling/v2",
                            V2HorizontalPodAutoscaler.class,
                            V2HorizontalPodAutoscaler::validateJsonElement));

    private KubernetesModels() {}

    static boolean know(JsonNode resource) {
        return BY_KIND.containsKey(Manifests.kind(resource));
    }

    /** Throws what is wrong with a resource of a kind that is known. */
    static void validate(JsonNode resource) throws IOException {
        Model model = BY_KIND.get(Manifests.kind(resource));
        if (model == null || !resource.path("apiVersion").asText().equals(model.apiVersion())) {
            throw new IllegalArgumentException("expected one of " + BY_KIND.keySet() + ", found "
                    + resource.path("apiVersion") + " " + Manifests.kind(resource));
        }
        validate(YamlFiles.json(resource), model.type(), model.validation());
    }

    /** The part of a pod that Flink's operator merges into its own. */
    static void validatePodTemplate(JsonNode template) throws IOException {
        validate(YamlFiles.json(template), V1PodTemplateSpec.class, V1PodTemplateSpec::validateJsonElement);
    }

    private static void validate(String json, Class<?> type, Validation validation) throws IOException {
        validation.validate(JsonParser.parseString(json));
        Object ignored = JSON.getGson().fromJson(json, type);
    }
}
